/** What is sent, whoever carries it. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the address of the service, with a slash in front. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly timeoutMs: number;
}

/** What came back. Any status is an answer; nothing at all is `Unreachable`. */
export interface HttpResponse {
  readonly status: number;
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** One file and what goes with it, in one request. */
export interface FileRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly file: Source;
  readonly timeoutMs: number;
  readonly onProgress?: (sentBytes: number) => void;
}

/** A file of the device, read by pieces so that it need not fit into memory. */
export interface Source {
  readonly name: string;
  readonly size: number;
  /** Where it lies on the device, for `wx.uploadFile` and for going on after a restart. */
  readonly path?: string;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Carries requests: `fetchTransport` or `wxTransport`, or one of your own. */
export interface Transport {
  /** Throws `Unreachable` where no answer came; never for a status. */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Sends a file as multipart/form-data. Throws as `request` does. */
  upload(request: FileRequest): Promise<HttpResponse>;
}

/** No answer came: there is no network, or it took too long. Whether the service heard us is not known. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
  readonly reason: "offline" | "timeout" | "aborted";

  constructor(reason: "offline" | "timeout" | "aborted" = "offline") {
    super(reason);
    this.reason = reason;
  }
}
