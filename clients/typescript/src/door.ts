import type { AnyDocument } from "./document.js";
import { type Fault, ownFault, readError, readStatus, type WrittenError } from "./faults.js";
import type { Platform } from "./platform.js";
import { type FileRequest, type HttpRequest, type HttpResponse, type Transport, Unreachable } from "./transport.js";

/** How long and how often something is tried before it is said that it did not work. */
export interface Patience {
  readonly tries: number;
  readonly timeoutMs: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

export const PATIENCE: Patience = { tries: 4, timeoutMs: 20_000, firstWaitMs: 400, longestWaitMs: 8_000 };

/** What the door said: the data of the document, and what was wrong with it or with parts of it. */
export interface Reply {
  readonly data: Record<string, unknown> | null;
  readonly faults: readonly Fault[];
  /** What is left of this minute's allowance, in nodes. */
  readonly allowance: number | null;
}

interface Body {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly WrittenError[];
  readonly extensions?: { readonly cost?: { readonly remaining?: number } };
}

const ACCEPTED = "application/graphql-response+json, application/json;q=0.9";

/** Sends documents to `/graphql`, again and again where that may help: the key in them makes it safe. */
export class Door {
  /** How far the device's clock is behind the service's, in milliseconds. */
  private behindMs = 0;

  constructor(
    private readonly transport: Transport,
    private readonly platform: Platform,
    private readonly patience: Patience,
  ) {}

  /** What time it is at the service. */
  now(): number {
    return this.platform.now() + this.behindMs;
  }

  /** Sends a document. Never throws for what the network or the service does. */
  async post(document: AnyDocument, variables: object, bearer: string | null, tries = this.patience.tries): Promise<Reply> {
    const headers = { Accept: ACCEPTED, "Content-Type": "application/json", ...signed(bearer) };
    const body = JSON.stringify({ documentId: document.id, variables });
    const { timeoutMs } = this.patience;
    const send = () => this.transport.request({ method: "POST", path: "/graphql", headers, body, timeoutMs });
    return this.patiently(async () => this.read(await send()), tries);
  }

  /** Asks an address that is not the door's; what it answers in JSON is `data`. */
  async rest(request: Omit<HttpRequest, "timeoutMs">, bearer: string | null, tries?: number): Promise<Reply> {
    const headers = { Accept: "application/json", ...request.headers, ...signed(bearer) };
    const sent = { timeoutMs: this.patience.timeoutMs, ...request, headers };
    return this.patiently(async () => this.readRest(await this.transport.request(sent)), tries);
  }

  /** Sends one file in one request. */
  async file(request: Omit<FileRequest, "timeoutMs">, bearer: string | null, tries?: number): Promise<Reply> {
    const headers = { Accept: "application/json", ...request.headers, ...signed(bearer) };
    const sent = { timeoutMs: this.patience.timeoutMs, ...request, headers };
    return this.patiently(async () => this.readRest(await this.transport.upload(sent)), tries);
  }

  /** Does something until it is answered, or patience is at its end. */
  async patiently(work: () => Promise<Reply>, tries = this.patience.tries): Promise<Reply> {
    for (let tried = 1; ; tried++) {
      const reply = await work().catch(notReached);
      const fault = reply.faults[0];
      const wait = fault ? this.waitMs(fault, tried) : null;
      if (wait === null || tried >= tries) return reply;
      await this.platform.wait(wait);
    }
  }

  /** Reads what time it is from any answer. */
  learn(answer: HttpResponse): void {
    const said = Date.parse(answer.headers["date"] ?? "");
    if (!Number.isNaN(said)) this.behindMs = said - this.platform.now();
  }

  private read(answer: HttpResponse): Reply {
    this.learn(answer);
    const body = parsed(answer.text);
    if (!body || (body.data === undefined && !body.errors)) return refused(answer);
    const faults = (body.errors ?? []).map(readError);
    return { data: body.data ?? null, faults, allowance: body.extensions?.cost?.remaining ?? null };
  }

  private readRest(answer: HttpResponse): Reply {
    this.learn(answer);
    const body = parsed(answer.text);
    if (answer.status < 300) return { data: (body ?? {}) as Record<string, unknown>, faults: [], allowance: null };
    if (body?.errors?.length) return { data: null, faults: body.errors.map(readError), allowance: null };
    return refused(answer);
  }

  /** Says how long to wait before the next try; nothing where trying again soon cannot help. */
  private waitMs(fault: Fault, tried: number): number | null {
    if (fault.kind !== "unreachable" && fault.kind !== "busy") return null;
    const { firstWaitMs, longestWaitMs } = this.patience;
    if (fault.retryAfter !== null) return fault.retryAfter * 1000 > longestWaitMs ? null : fault.retryAfter * 1000;
    return Math.min(firstWaitMs * 2 ** (tried - 1), longestWaitMs) * (0.75 + Math.random() / 2);
  }
}

/** Makes a reply of a request nobody answered. Anything else that is thrown is a mistake of ours. */
export function notReached(thrown: unknown): Reply {
  if (!(thrown instanceof Unreachable)) throw thrown;
  return { data: null, faults: [ownFault("unreachable", thrown.reason)], allowance: null };
}

/** Reads an answer without words of ours: from something on the way. */
export function refused(answer: HttpResponse): Reply {
  const after = Number(answer.headers["retry-after"] ?? NaN);
  return { data: null, faults: [readStatus(answer.status, Number.isNaN(after) ? null : after)], allowance: null };
}

function signed(bearer: string | null): Record<string, string> {
  return bearer ? { Authorization: `Bearer ${bearer}` } : {};
}

function parsed(text: string): Body | null {
  try {
    const body: unknown = JSON.parse(text);
    return body !== null && typeof body === "object" && !Array.isArray(body) ? (body as Body) : null;
  } catch {
    return null;
  }
}
