import type { AnyDocument } from "./document.js";
import type { Door, Reply } from "./door.js";
import type { Fault } from "./faults.js";
import { isAway } from "./outcome.js";
import type { Session } from "./session.js";
import type { FileRequest, HttpRequest } from "./transport.js";

/** Asks as whoever is signed in; a token that ran out is exchanged, once, and what was asked is asked again. */
export class Caller {
  /** Told whenever the service has answered. */
  reached: () => void = () => undefined;

  constructor(
    private readonly door: Door,
    private readonly session: Session,
  ) {}

  /** Sends a document. Once a sign-in has ended, what everybody may read stays readable; nothing is done as a stranger. */
  ask(document: AnyDocument, variables: object): Promise<Reply> {
    return this.signed((token) => this.door.post(document, variables, token), document.kind === "query");
  }

  /** Asks an address beside the door. */
  rest(request: Omit<HttpRequest, "timeoutMs">, tries?: number): Promise<Reply> {
    return this.signed((token) => this.door.rest(request, token, tries), false);
  }

  /** Sends a file in one request. */
  file(request: Omit<FileRequest, "timeoutMs">, tries?: number): Promise<Reply> {
    return this.signed((token) => this.door.file(request, token, tries), false);
  }

  private async signed(work: (token: string | null) => Promise<Reply>, forAnybody: boolean): Promise<Reply> {
    const reply = await this.asked(work, forAnybody);
    if (!reply.faults[0] || !isAway(reply.faults[0])) this.reached();
    return reply;
  }

  private async asked(work: (token: string | null) => Promise<Reply>, forAnybody: boolean): Promise<Reply> {
    const bearer = await this.session.bearer();
    if ("fault" in bearer) return otherwise(work, forAnybody, bearer.fault);
    const reply = await work(bearer.token);
    if (!bearer.token || !isTokenRefused(reply)) return reply;
    const renewed = await this.session.renew(bearer.token);
    return "fault" in renewed ? otherwise(work, forAnybody, renewed.fault) : work(renewed.token);
  }
}

async function otherwise(work: (token: null) => Promise<Reply>, forAnybody: boolean, fault: Fault): Promise<Reply> {
  if (forAnybody && fault.kind === "signed_out") return work(null);
  return { data: null, faults: [fault], allowance: null };
}

function isTokenRefused({ data, faults }: Reply): boolean {
  return data === null && faults[0]?.kind === "signed_out";
}
