import type { Given, Mutation, Payload, Query } from "./document.js";
import { Caller } from "./caller.js";
import { Door, PATIENCE, type Patience } from "./door.js";
import { knowDrafts } from "./drafts.js";
import { type Outcome, ownFault } from "./faults.js";
import { SendCode, SignIn, SignOut } from "./generated/documents.js";
import type { SendCodeMutation, SignInMutation, SignOutMutation } from "./generated/types.js";
import { Keys } from "./keys.js";
import { Kept } from "./kept.js";
import { isAway, isOpen, outcomeOf } from "./outcome.js";
import { type Platform, platform } from "./platform.js";
import { Queue } from "./queue.js";
import { Session, type Tokens } from "./session.js";
import { memoryStorage, type Storage } from "./storage.js";
import type { Transport } from "./transport.js";
import { Uploads } from "./uploads.js";

/** What a client is made of. Only the transport is needed. */
export interface Parts {
  readonly transport: Transport;
  /** Where tokens, keys and what waits outlive a restart; without it, they do not. */
  readonly storage?: Storage;
  readonly platform?: Partial<Platform>;
  readonly patience?: Partial<Patience>;
}

/** How a question is asked. */
export interface Asking {
  /** Keep the answer on the device, and give it where nothing can be fetched. Say so for what may be read later. */
  readonly keep?: boolean;
}

/** The service, as an app sees it. One for the whole app. */
export class Rufa {
  readonly session: Session;
  /** What is done as soon as there is a network again. */
  readonly queue: Queue;
  /** What was read and may be read again without a network. */
  readonly kept: Kept;
  /** Files, sent in pieces that arrive. */
  readonly uploads: Uploads;
  private readonly caller: Caller;
  private readonly keys: Keys;

  constructor({ transport, storage = memoryStorage(), platform: given, patience }: Parts) {
    const here = platform(given);
    this.keys = new Keys(storage, here);
    const patient = { ...PATIENCE, ...patience };
    const door = new Door(transport, here, patient);
    this.session = new Session(storage, door, this.keys);
    this.caller = new Caller(door, this.session);
    this.kept = new Kept(storage, here, door, transport, patient.timeoutMs);
    this.uploads = new Uploads(storage, here, this.keys, this.session, this.caller);
    this.queue = new Queue(storage, here, this.keys, this.session, this.caller);
    knowDrafts(this.queue);
  }

  /** Asks. Parts that could not be given are in `faults`. */
  async ask<Result, Variables extends object>(
    document: Query<Result, Variables>,
    variables: Variables,
    { keep = false }: Asking = {},
  ): Promise<Outcome<Result>> {
    const reply = await this.caller.ask(document, variables);
    const name = `${document.id}:${JSON.stringify(variables)}`;
    if (reply.data) {
      if (keep && reply.faults.length === 0) await this.kept.put(this.session.owner, name, reply.data);
      return { ok: true, data: reply.data as Result, faults: reply.faults, keptAt: null };
    }
    const fault = reply.faults[0] ?? ownFault("broken", "unknown");
    const old = keep && isAway(fault) ? await this.kept.get(this.session.owner, name) : null;
    if (old) return { ok: true, data: old.value as Result, faults: [], keptAt: old.at };
    return { ok: false, fault, data: null };
  }

  /**
   * Does one thing, once. Where no answer comes, do the same with the same input again, also after a restart:
   * it goes out under the same key, so it never happens twice.
   */
  async do<Result, Variables extends object>(
    document: Mutation<Result, Variables>,
    variables: Given<Variables>,
  ): Promise<Outcome<Payload<Result>>> {
    await this.session.ready();
    const { owner } = this.session;
    const idempotencyKey = await this.keys.begin(owner, document.name, variables);
    const reply = await this.caller.ask(document, { ...variables, idempotencyKey });
    const outcome = outcomeOf<Payload<Result>>(reply);
    if (outcome.ok || !isOpen(outcome.fault)) await this.keys.settle(owner, document.name, variables);
    return outcome;
  }

  /** Has a code sent to a telephone. */
  sendCode(phone: string): Promise<Outcome<Payload<SendCodeMutation>>> {
    return this.do(SendCode, { input: { phone } });
  }

  /** Signs in by the code that came; `device` is what the person finds in their list of devices. */
  async signIn(request: string, code: string, device: string): Promise<Outcome<Payload<SignInMutation>>> {
    const outcome = await this.do(SignIn, { input: { request, code, device } });
    if (outcome.ok && outcome.data.session) await this.signedIn(outcome.data.session);
    return outcome;
  }

  /** Takes the tokens of somebody who signed in another way, and does what waited for them. */
  async signedIn(tokens: Tokens): Promise<void> {
    await this.session.adopt(tokens);
    void this.queue.flush();
  }

  /** Signs out here, or everywhere. What is kept of this person on the device goes, what waits as well: ask before. */
  async signOut(everywhere = false): Promise<Outcome<Payload<SignOutMutation>>> {
    const outcome = await this.do(SignOut, { input: { everywhere } });
    const { owner } = this.session;
    await this.queue.forget(owner);
    await this.uploads.forget(owner);
    await this.kept.forget(owner);
    await this.session.end("signed_out");
    const wasOverAlready = !outcome.ok && outcome.fault.kind === "signed_out"; // by a first try whose answer was lost, say
    return wasOverAlready ? { ok: true, data: { ended: 0, problems: [] }, faults: [], keptAt: null } : outcome;
  }

  /** Call at every start: forgets what is out of date, and does what waited. */
  async start(): Promise<void> {
    await this.session.ready();
    await this.keys.sweep();
    await this.kept.sweep();
    await this.uploads.sweep();
    await this.queue.flush();
  }
}
