import type { Caller } from "./caller.js";
import type { Reply } from "./door.js";
import { type Fault, type Outcome, ownFault } from "./faults.js";
import type { Keys } from "./keys.js";
import { isOpen } from "./outcome.js";
import type { Platform } from "./platform.js";
import type { Session } from "./session.js";
import { Sha256 } from "./sha256.js";
import { read, type Storage, write } from "./storage.js";
import { base64 } from "./text.js";
import type { Source } from "./transport.js";

/** What a file is for, and where it is to stand once it is there. */
export interface FileWish {
  readonly purpose?: string;
  /** A draft, and the item of it the file proves. */
  readonly draft?: string;
  readonly item?: string;
  /** How much goes in one request: 16 KB to 1 MB. The less, the less is sent again on a bad line. */
  readonly chunkBytes?: number;
  readonly onProgress?: (sentBytes: number, allBytes: number) => void;
}

/** A file the service has taken in. */
export interface Uploaded {
  readonly token: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly mediaType: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly pages: number | null;
  /** Good for ten minutes, for this person alone. */
  readonly url: string;
  readonly thumbnailUrl: string | null;
  /** What could be better about it, in words: too dark, not sharp. */
  readonly warnings: readonly { readonly code: string; readonly text?: string; readonly remedy?: string }[];
}

/** A file on its way, as it is kept on the device. */
export interface OnItsWay {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly wish: Omit<FileWish, "onProgress">;
  /** Where the file lies, where it has a path. */
  readonly path: string | null;
  readonly key: string;
  readonly transfer: string | null;
  readonly since: number;
}

interface Standing {
  readonly id: string;
  readonly chunkBytes: number;
  readonly chunks: number;
  readonly missing: readonly number[];
  readonly upload: Uploaded | null;
}

type Found = { readonly standing: Standing } | { readonly fault: Fault };

const PREFIX = "upload:";
const ADDRESS = "/m/v1/transfers";
const USUAL_CHUNK = 64 * 1024;
const LIFE_MS = 3 * 24 * 3600 * 1000;
const HASHED_AT_ONCE = 256 * 1024;
const TRIES = 8;
const AGAIN = ["chunks_missing", "chunk_damaged"];
const GONE = ["not_found"];
const CALLED_OFF: Fault = {
  ...ownFault("unreachable", "aborted"),
  text: "已经取消上传。",
  remedy: "需要时可以重新选择文件上传。",
  retryable: false,
};

/** Sends files so that they arrive: in pieces with a checksum each, going on where a line broke, once. */
export class Uploads {
  private readonly cancelled = new Set<string>();

  constructor(
    private readonly storage: Storage,
    private readonly platform: Platform,
    private readonly keys: Keys,
    private readonly session: Session,
    private readonly caller: Caller,
  ) {}

  /** Sends a file. Where the line breaks for long, it stays in `pending()`, and `resume` goes on. */
  async send(file: Source, { onProgress, ...wish }: FileWish = {}): Promise<Outcome<Uploaded>> {
    return this.resume(await this.prepare(file, wish), file, onProgress);
  }

  /** Gets a file ready without sending it: offline, say. */
  async prepare(file: Source, wish: Omit<FileWish, "onProgress"> = {}): Promise<OnItsWay> {
    await this.session.ready();
    const made: OnItsWay = {
      id: await this.keys.fresh(),
      owner: this.session.owner,
      name: file.name,
      size: file.size,
      sha256: await hashOf(file),
      wish,
      path: file.path ?? null,
      key: await this.keys.fresh(),
      transfer: null,
      since: this.platform.now(),
    };
    await this.keep(made);
    return made;
  }

  /** Gives the files of whoever is signed in that are not there yet, oldest first. */
  async pending(): Promise<OnItsWay[]> {
    await this.session.ready();
    const names = (await this.storage.names()).filter((name) => name.startsWith(PREFIX));
    const found = await Promise.all(names.map((name) => read<OnItsWay>(this.storage, name)));
    const mine = found.filter((one): one is OnItsWay => one?.owner === this.session.owner);
    return mine.sort((one, other) => one.since - other.since);
  }

  /** Begins, or goes on with what is missing. */
  async resume(one: OnItsWay, file: Source, onProgress: FileWish["onProgress"] = undefined): Promise<Outcome<Uploaded>> {
    this.cancelled.delete(one.id);
    const chunkBytes = one.wish.chunkBytes ?? USUAL_CHUNK;
    const inOne = one.transfer === null && one.size <= chunkBytes && one.wish.draft === undefined;
    const reply = inOne ? await this.once(one, file) : await this.inPieces(one, file, onProgress);
    const fault = reply.faults[0];
    if (fault && this.cancelled.has(one.id)) return { ok: false, fault: CALLED_OFF, data: null };
    if (fault && isOpen(fault)) return { ok: false, fault, data: null };
    await this.storage.remove(PREFIX + one.id);
    if (fault) return { ok: false, fault, data: null };
    onProgress?.(one.size, one.size);
    return { ok: true, data: reply.data as unknown as Uploaded, faults: [], keptAt: null };
  }

  /** Stops sending a file and has the service forget what it has of it. One that is there already stays. */
  async cancel(id: string): Promise<void> {
    this.cancelled.add(id);
    const one = await read<OnItsWay>(this.storage, PREFIX + id);
    await this.storage.remove(PREFIX + id);
    if (one?.transfer) await this.caller.rest({ method: "DELETE", path: `${ADDRESS}/${one.transfer}`, headers: {} });
  }

  /** Takes away what is somebody's. */
  async forget(owner: string): Promise<void> {
    for (const name of await this.storage.names()) {
      if (name.startsWith(PREFIX) && (await read<OnItsWay>(this.storage, name))?.owner === owner) await this.storage.remove(name);
    }
  }

  /** Forgets what the service has forgotten too. */
  async sweep(): Promise<void> {
    for (const name of await this.storage.names()) {
      if (!name.startsWith(PREFIX)) continue;
      const one = await read<OnItsWay>(this.storage, name);
      if (!one || this.platform.now() - one.since >= LIFE_MS) await this.storage.remove(name);
    }
  }

  /** A small file goes in one request. */
  private once({ key, wish }: OnItsWay, file: Source): Promise<Reply> {
    const fields: Record<string, string> = wish.purpose === undefined ? {} : { purpose: wish.purpose };
    return this.caller.file({ path: "/m/v1/uploads", headers: { "Idempotency-Key": key }, fields, file }, TRIES);
  }

  private async inPieces(one: OnItsWay, file: Source, onProgress: FileWish["onProgress"]): Promise<Reply> {
    let found = await this.opened(one);
    for (let round = 0; round < TRIES && "standing" in found; round++) {
      const { standing }: { readonly standing: Standing } = found;
      if (standing.upload) return { data: standing.upload as never, faults: [], allowance: null };
      const fault = await this.missing(one, standing, file, onProgress);
      found = fault ? { fault } : await this.finished(standing.id);
      if ("fault" in found && AGAIN.includes(found.fault.code)) found = await this.shown(standing.id);
    }
    return failed("fault" in found ? found.fault : ownFault("unreachable", "offline"));
  }

  /** Finds the transfer that was begun, or begins one. */
  private async opened(one: OnItsWay): Promise<Found> {
    if (one.transfer !== null) {
      const found = await this.shown(one.transfer);
      if (!("fault" in found) || !GONE.includes(found.fault.code)) return found;
      return this.begun({ ...one, key: await this.keys.fresh(), transfer: null });
    }
    return this.begun(one);
  }

  private async begun(one: OnItsWay): Promise<Found> {
    const { name, size: bytes, sha256, wish } = one;
    const body = JSON.stringify({ name, bytes, sha256, chunkBytes: USUAL_CHUNK, ...wish });
    const headers = { "Content-Type": "application/json", "Idempotency-Key": one.key };
    const found = readStanding(await this.caller.rest({ method: "POST", path: ADDRESS, headers, body }, TRIES));
    if ("standing" in found) await this.keep({ ...one, transfer: found.standing.id });
    return found;
  }

  private async shown(transfer: string): Promise<Found> {
    return readStanding(await this.caller.rest({ method: "GET", path: `${ADDRESS}/${transfer}`, headers: {} }, TRIES));
  }

  private async finished(transfer: string): Promise<Found> {
    return readStanding(await this.caller.rest({ method: "POST", path: `${ADDRESS}/${transfer}/finish`, headers: {} }, TRIES));
  }

  /** Sends what is missing, piece by piece. */
  private async missing(one: OnItsWay, standing: Standing, file: Source, onProgress: FileWish["onProgress"]): Promise<Fault | null> {
    let left = standing.missing.length;
    for (const number of standing.missing) {
      onProgress?.(Math.max(0, one.size - left * standing.chunkBytes), one.size);
      if (this.cancelled.has(one.id)) return CALLED_OFF;
      const fault = await this.piece(standing, number, file);
      if (fault) return fault;
      left -= 1;
    }
    return null;
  }

  private async piece({ id, chunkBytes }: Standing, number: number, file: Source): Promise<Fault | null> {
    const start = number * chunkBytes;
    const body = await file.read(start, Math.min(chunkBytes, file.size - start));
    const digest = `sha-256=:${base64(new Sha256().add(body).bytes())}:`;
    const headers = { "Content-Type": "application/octet-stream", "Content-Digest": digest };
    const path = `${ADDRESS}/${id}/chunks/${number}`;
    return (await this.caller.rest({ method: "PUT", path, headers, body }, TRIES)).faults[0] ?? null;
  }

  private keep(one: OnItsWay): Promise<void> {
    return write(this.storage, PREFIX + one.id, one);
  }
}

async function hashOf(file: Source): Promise<string> {
  const hash = new Sha256();
  for (let at = 0; at < file.size; at += HASHED_AT_ONCE) {
    hash.add(await file.read(at, Math.min(HASHED_AT_ONCE, file.size - at)));
  }
  return hash.hex();
}

function readStanding({ data, faults }: Reply): Found {
  const fault = faults[0];
  return fault ? { fault } : { standing: data as unknown as Standing };
}

function failed(fault: Fault): Reply {
  return { data: null, faults: [fault], allowance: null };
}
