import { type Door, refused } from "./door.js";
import { type Outcome, ownFault } from "./faults.js";
import type { Platform } from "./platform.js";
import { sha256 } from "./sha256.js";
import { read, type Storage, write } from "./storage.js";
import type { Transport } from "./transport.js";

const PREFIX = "kept:";
const MONTH_MS = 30 * 24 * 3600 * 1000;
const NOT_MODIFIED = 304;
const OK = 200;

interface Stored<T> {
  readonly value: T;
  readonly at: number;
  readonly tag: string | null;
}

/** What was read once and may be read again without a network: answers, and public files by their ETag. */
export class Kept {
  constructor(
    private readonly storage: Storage,
    private readonly platform: Platform,
    private readonly door: Door,
    private readonly transport: Transport,
    private readonly timeoutMs: number,
  ) {}

  /**
   * Fetches a public file (a county's places, what changed in the pages); what is unchanged is not sent again.
   * Where nothing can be fetched, what was fetched last is given, and since when it is so.
   */
  async fetch<T>(path: string): Promise<Outcome<T>> {
    const stored = await read<Stored<T>>(this.storage, place("", path));
    const headers = { Accept: "application/json", ...(stored?.tag ? { "If-None-Match": stored.tag } : {}) };
    const reply = await this.door.patiently(async () => {
      const answer = await this.transport.request({ method: "GET", path, headers, timeoutMs: this.timeoutMs });
      this.door.learn(answer);
      if (answer.status === NOT_MODIFIED && stored) return { data: { ...stored }, faults: [], allowance: null };
      const value = answer.status === OK ? parsed<T>(answer.text) : undefined;
      if (value === undefined) return refused(answer);
      return { data: { value, at: this.platform.now(), tag: answer.headers["etag"] ?? null }, faults: [], allowance: null };
    });
    const fresh = reply.data as Stored<T> | null;
    if (fresh) {
      await write(this.storage, place("", path), { ...fresh, at: this.platform.now() });
      return { ok: true, data: fresh.value, faults: [], keptAt: null };
    }
    if (stored) return { ok: true, data: stored.value, faults: reply.faults, keptAt: stored.at };
    return { ok: false, fault: reply.faults[0] ?? ownFault("broken", "unknown"), data: null };
  }

  /** Keeps an answer for whoever is signed in. */
  async put(owner: string, name: string, value: unknown): Promise<void> {
    await write(this.storage, place(owner, name), { value, at: this.platform.now(), tag: null });
  }

  /** Gives an answer that was kept for them, and when it was true. */
  async get(owner: string, name: string): Promise<{ readonly value: unknown; readonly at: number } | null> {
    const stored = await read<Stored<unknown>>(this.storage, place(owner, name));
    return stored && this.platform.now() - stored.at < MONTH_MS ? stored : null;
  }

  /** Forgets what was kept for somebody. */
  async forget(owner: string): Promise<void> {
    const start = of(owner);
    for (const name of await this.storage.names()) {
      if (name.startsWith(start)) await this.storage.remove(name);
    }
  }

  /** Forgets what nobody has fetched for a month. */
  async sweep(): Promise<void> {
    for (const name of await this.storage.names()) {
      if (!name.startsWith(PREFIX)) continue;
      const stored = await read<Stored<unknown>>(this.storage, name);
      if (!stored || this.platform.now() - stored.at >= MONTH_MS) await this.storage.remove(name);
    }
  }
}

function of(owner: string): string {
  return `${PREFIX}${sha256(owner).slice(0, 12)}:`;
}

function place(owner: string, name: string): string {
  return of(owner) + sha256(name).slice(0, 40);
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
