import type { Platform } from "./platform.js";
import { sha256 } from "./sha256.js";
import { read, type Storage, write } from "./storage.js";
import { base64url, canonical } from "./text.js";

/** The service remembers what it answered to a key for a day. */
const LIFE_MS = 23 * 3600 * 1000;
const PREFIX = "key:";
const BYTES = 24;

interface Kept {
  readonly key: string;
  readonly since: number;
}

/** One key for each try the person means: kept until it is known what came of it, also over a restart. */
export class Keys {
  constructor(
    private readonly storage: Storage,
    private readonly platform: Platform,
  ) {}

  /** Makes a key nobody had before. */
  async fresh(): Promise<string> {
    return base64url(await this.platform.random(BYTES));
  }

  /** Gives the key of a try that was begun and not answered, else a fresh one that is kept from now on. */
  async begin(owner: string, name: string, variables: unknown): Promise<string> {
    const where = place(owner, name, variables);
    const kept = await read<Kept>(this.storage, where);
    if (kept && this.platform.now() - kept.since < LIFE_MS) return kept.key;
    const key = await this.fresh();
    await write(this.storage, where, { key, since: this.platform.now() } satisfies Kept);
    return key;
  }

  /** Forgets the key: it is known what came of it. The same again is meant as another try. */
  async settle(owner: string, name: string, variables: unknown): Promise<void> {
    await this.storage.remove(place(owner, name, variables));
  }

  /** Forgets keys nobody knows any more. */
  async sweep(): Promise<void> {
    for (const name of await this.storage.names()) {
      if (!name.startsWith(PREFIX)) continue;
      const kept = await read<Kept>(this.storage, name);
      if (!kept || this.platform.now() - kept.since >= LIFE_MS) await this.storage.remove(name);
    }
  }
}

function place(owner: string, name: string, variables: unknown): string {
  return `${PREFIX}${sha256(canonical([owner, name, variables])).slice(0, 40)}`;
}
