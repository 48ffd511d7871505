import { multipart } from "./multipart.js";
import { type FileRequest, type HttpRequest, type HttpResponse, type Source, type Transport, Unreachable } from "./transport.js";
import type { Storage } from "./storage.js";
import { utf8 } from "./text.js";

interface Failed {
  readonly errMsg?: string;
}

interface Task {
  onProgressUpdate?(listener: (progress: { readonly totalBytesSent: number }) => void): void;
}

/** What is used of `wx`. Everything else of it is the mini-program's business. */
export interface WxPlatform {
  request(options: Record<string, unknown>): unknown;
  uploadFile(options: Record<string, unknown>): unknown;
  getStorageSync(key: string): unknown;
  setStorageSync(key: string, value: string): void;
  removeStorageSync(key: string): void;
  getStorageInfoSync(): { readonly keys: string[] };
  getFileSystemManager(): { readFile(options: Record<string, unknown>): void };
  getRandomValues?(options: Record<string, unknown>): unknown;
}

/** Carries requests by `wx.request` and `wx.uploadFile`. Their `success` means an answer of any status. */
export function wxTransport(address: string, wx: WxPlatform): Transport {
  const base = address.replace(/\/+$/, "");

  const request = ({ path, method, headers, body, timeoutMs }: HttpRequest) =>
    new Promise<HttpResponse>((resolve, reject) => {
      wx.request({
        url: base + path,
        method,
        header: headers,
        ...(body === undefined ? {} : { data: typeof body === "string" ? body : bufferOf(body) }),
        dataType: "text",
        responseType: "text",
        timeout: timeoutMs,
        success: (answer: Answered) => resolve(answered(answer)),
        fail: (failed: Failed) => reject(unreachable(failed)),
      });
    });

  const fromDisk = ({ path, headers, fields, file, timeoutMs, onProgress }: FileRequest) =>
    new Promise<HttpResponse>((resolve, reject) => {
      const task = wx.uploadFile({
        url: base + path,
        filePath: file.path,
        name: "file",
        header: headers,
        formData: fields,
        timeout: timeoutMs,
        success: (answer: Answered) => resolve(answered(answer)),
        fail: (failed: Failed) => reject(unreachable(failed)),
      }) as Task | undefined;
      if (onProgress) task?.onProgressUpdate?.(({ totalBytesSent }) => onProgress(totalBytesSent));
    });

  return {
    request,
    async upload(asked: FileRequest) {
      if (asked.file.path !== undefined) return fromDisk(asked);
      const { type, body } = await multipart(asked.fields, asked.file);
      const headers = { ...asked.headers, "Content-Type": type };
      const answer = await request({ method: "POST", path: asked.path, headers, body, timeoutMs: asked.timeoutMs });
      asked.onProgress?.(asked.file.size);
      return answer;
    },
  };
}

interface Answered {
  readonly statusCode: number;
  readonly header?: Record<string, unknown>;
  readonly data: unknown;
}

function answered({ statusCode, header, data }: Answered): HttpResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(header ?? {})) headers[name.toLowerCase()] = String(value);
  return { status: statusCode, headers, text: typeof data === "string" ? data : JSON.stringify(data ?? "") };
}

function unreachable({ errMsg = "" }: Failed): Unreachable {
  if (/time-?out/i.test(errMsg)) return new Unreachable("timeout");
  return new Unreachable(/abort|interrupted/i.test(errMsg) ? "aborted" : "offline");
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

/** A photograph or file of the mini-program, by its path. */
export function wxSource(wx: WxPlatform, path: string, size: number, name = path.split("/").pop() ?? path): Source {
  const read = (position: number, length: number) =>
    new Promise<Uint8Array>((resolve, reject) => {
      const success = ({ data }: { data: ArrayBuffer | string }) =>
        resolve(typeof data === "string" ? utf8(data) : new Uint8Array(data));
      wx.getFileSystemManager().readFile({ filePath: path, position, length, success, fail: reject });
    });
  return { name, size, path, read };
}

/** Keeps things in the storage of the mini-program, under names of our own. */
export function wxStorage(wx: WxPlatform, prefix = "rufa:"): Storage {
  return {
    get: async (name) => {
      const kept = wx.getStorageSync(prefix + name);
      return typeof kept === "string" && kept !== "" ? kept : null;
    },
    set: async (name, value) => wx.setStorageSync(prefix + name, value),
    remove: async (name) => wx.removeStorageSync(prefix + name),
    names: async () =>
      wx
        .getStorageInfoSync()
        .keys.filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length)),
  };
}

/** Gives random bytes by `wx.getRandomValues`. */
export function wxRandom(wx: WxPlatform): (length: number) => Promise<Uint8Array> {
  return (length) =>
    new Promise((resolve, reject) => {
      const success = ({ randomValues }: { randomValues: ArrayBuffer }) => resolve(new Uint8Array(randomValues));
      if (!wx.getRandomValues) reject(new Error("wx.getRandomValues is missing: base library 2.15.0 or newer is needed"));
      else wx.getRandomValues({ length, success, fail: reject });
    });
}
