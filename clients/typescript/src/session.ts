import type { Door } from "./door.js";
import { type Fault, ownFault, readProblems } from "./faults.js";
import { RefreshSession } from "./generated/documents.js";
import type { RefreshSessionMutation } from "./generated/types.js";
import type { Keys } from "./keys.js";
import { read, type Storage, write } from "./storage.js";
import { fromBase64url } from "./text.js";

/** What signing in gives, in whichever way it was done. */
export interface Tokens {
  readonly accessToken: string;
  readonly accessExpiresAt: string;
  readonly refreshToken: string;
  readonly refreshExpiresAt: string;
  readonly isRemembered: boolean;
}

/**
 * Who is signed in here. `ended`: the service ended it (signed out elsewhere, or a copy of the tokens was used);
 * what was typed stays on the device until the same person signs in again or somebody signs out.
 */
export type SessionState = "signed_in" | "signed_out" | "ended";

interface Kept extends Tokens {
  /** The key of an exchange that was begun: the same one is sent until it is answered. */
  readonly exchange?: string;
}

const NAME = "session";
const EARLY_MS = 60_000;

/** What a bearer is asked for with: a token, nobody, or why there is none now. */
export type Bearer = { readonly token: string | null } | { readonly fault: Fault };

/** Keeps the tokens, and exchanges them in time. However many ask at once, one exchange is under way. */
export class Session {
  private kept: Kept | null = null;
  private loading: Promise<void> | null = null;
  private exchanging: Promise<Fault | null> | null = null;
  private listeners: ((state: SessionState) => void)[] = [];
  private current: SessionState = "signed_out";

  constructor(
    private readonly storage: Storage,
    private readonly door: Door,
    private readonly keys: Keys,
  ) {}

  /** Who is signed in; read `ready()` first after a start. */
  get state(): SessionState {
    return this.current;
  }

  /** Whose things these are: the id of the person, or nothing for a stranger. */
  get owner(): string {
    return this.kept ? subject(this.kept.accessToken) : "";
  }

  /** Reads what was kept, once. */
  ready(): Promise<void> {
    this.loading ??= read<Kept>(this.storage, NAME).then((kept) => {
      this.kept = kept;
      this.current = kept ? "signed_in" : "signed_out";
    });
    return this.loading;
  }

  /** Tells whenever somebody signs in or out. Give what comes back a call to stop listening. */
  listen(listener: (state: SessionState) => void): () => void {
    this.listeners.push(listener);
    return () => void (this.listeners = this.listeners.filter((one) => one !== listener));
  }

  /** Takes the tokens of somebody who signed in. */
  async adopt(tokens: Tokens): Promise<void> {
    await this.ready();
    await this.keep({ ...tokens });
    this.become("signed_in");
  }

  /** Forgets the tokens. */
  async end(state: "signed_out" | "ended"): Promise<void> {
    this.kept = null;
    await this.storage.remove(NAME);
    this.become(state);
  }

  /** Gives the token to ask with, exchanged before it runs out. */
  async bearer(): Promise<Bearer> {
    await this.ready();
    if (!this.kept) return { token: null };
    const left = Date.parse(this.kept.accessExpiresAt) - this.door.now();
    if (left > EARLY_MS && !this.kept.exchange) return { token: this.kept.accessToken };
    const fault = await this.exchange();
    if (fault && fault.kind !== "signed_out" && left > 0 && this.kept) return { token: this.kept.accessToken };
    return fault ? { fault } : { token: this.token };
  }

  /** Exchanges a token the service no longer takes, unless somebody else has done so meanwhile. */
  async renew(refused: string): Promise<Bearer> {
    if (this.kept && this.kept.accessToken !== refused) return { token: this.kept.accessToken };
    const fault = this.kept ? await this.exchange() : ownFault("signed_out", "session_ended");
    return fault ? { fault } : { token: this.token };
  }

  private get token(): string | null {
    return this.kept?.accessToken ?? null;
  }

  private exchange(): Promise<Fault | null> {
    this.exchanging ??= this.exchanged().finally(() => (this.exchanging = null));
    return this.exchanging;
  }

  /** One exchange. Its key is kept before it goes out, so that a lost answer is asked for again, also after a restart. */
  private async exchanged(): Promise<Fault | null> {
    if (await this.isRenewedElsewhere()) return null;
    const begun = this.kept;
    if (!begun) return ownFault("signed_out", "session_ended");
    const key = begun.exchange ?? (await this.keys.fresh());
    if (!begun.exchange) await this.keep({ ...begun, exchange: key });
    const variables = { input: { refreshToken: begun.refreshToken }, idempotencyKey: key };
    const reply = await this.door.post(RefreshSession, variables, null);
    const payload = (reply.data as RefreshSessionMutation | null)?.refreshSession;
    if (payload?.session) return this.changed(begun, payload.session);
    if (payload?.problems.length) return this.lost(readProblems(payload.problems));
    return reply.faults[0] ?? ownFault("broken", "unknown");
  }

  private async changed(begun: Kept, tokens: Tokens): Promise<null> {
    if (this.kept?.refreshToken === begun.refreshToken) await this.keep({ ...tokens });
    return null;
  }

  /** The service refused: another window may have been quicker, else it is over. */
  private async lost(fault: Fault): Promise<Fault | null> {
    if (await this.isRenewedElsewhere()) return null;
    await this.end("ended");
    return { ...fault, kind: "signed_out" };
  }

  /** Takes what another window of this app was given meanwhile; says whether that is still good. */
  private async isRenewedElsewhere(): Promise<boolean> {
    const stored = await read<Kept>(this.storage, NAME);
    if (!stored || !this.kept || stored.refreshToken === this.kept.refreshToken) return false;
    this.kept = stored;
    return Date.parse(stored.accessExpiresAt) > this.door.now();
  }

  private async keep(kept: Kept): Promise<void> {
    this.kept = kept;
    await write(this.storage, NAME, kept);
  }

  private become(state: SessionState): void {
    this.current = state;
    for (const listener of this.listeners) listener(state);
  }
}

/** Reads whose a token is. Only the service can say whether it is true; here it only keeps people's things apart. */
function subject(token: string): string {
  try {
    const claims = JSON.parse(fromBase64url(token.split(".")[1] ?? "")) as { readonly sub?: unknown };
    return typeof claims.sub === "string" ? claims.sub : "";
  } catch {
    return "";
  }
}
