import { multipart } from "./multipart.js";
import { type FileRequest, type HttpRequest, type HttpResponse, type Source, type Transport, Unreachable } from "./transport.js";

interface Stop {
  readonly signal: unknown;
  abort(): void;
}

interface Answer {
  readonly status: number;
  readonly headers: { forEach(each: (value: string, name: string) => void): void };
  text(): Promise<string>;
}

/** What is needed of the platform: Node from 18 on and every browser have it. */
export interface FetchPlatform {
  fetch(url: string, init: Record<string, unknown>): Promise<Answer>;
  AbortController: new () => Stop;
  setTimeout(work: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** Carries requests by `fetch`. */
export function fetchTransport(address: string, given?: FetchPlatform): Transport {
  const platform = given ?? (globalThis as unknown as FetchPlatform);
  const base = address.replace(/\/+$/, "");

  const send = async (path: string, timeoutMs: number, init: Record<string, unknown>): Promise<HttpResponse> => {
    const stop = new platform.AbortController();
    let late = false;
    const timer = platform.setTimeout(() => {
      late = true;
      stop.abort();
    }, timeoutMs);
    try {
      const answer = await platform.fetch(base + path, { ...init, signal: stop.signal, cache: "no-store", credentials: "omit" });
      const headers: Record<string, string> = {};
      answer.headers.forEach((value, name) => (headers[name.toLowerCase()] = value));
      return { status: answer.status, headers, text: await answer.text() };
    } catch {
      throw new Unreachable(late ? "timeout" : "offline");
    } finally {
      platform.clearTimeout(timer);
    }
  };

  return {
    request: ({ path, timeoutMs, method, headers, body }: HttpRequest) =>
      send(path, timeoutMs, body === undefined ? { method, headers } : { method, headers, body }),

    async upload({ path, timeoutMs, headers, fields, file, onProgress }: FileRequest) {
      const { type, body } = await multipart(fields, file);
      const answer = await send(path, timeoutMs, { method: "POST", headers: { ...headers, "Content-Type": type }, body });
      onProgress?.(file.size);
      return answer;
    },
  };
}

/** A file whose bytes are at hand. */
export function bytesSource(name: string, bytes: Uint8Array): Source {
  return { name, size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) };
}

/** A file somebody chose in a browser. */
export function blobSource(name: string, blob: PieceOfBlob): Source {
  const read = async (offset: number, length: number) =>
    new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
  return { name, size: blob.size, read };
}

/** What is used of a `Blob` or `File`. */
export interface PieceOfBlob {
  readonly size: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}
