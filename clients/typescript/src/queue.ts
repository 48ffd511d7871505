import type { Caller } from "./caller.js";
import type { Given, Mutation, Payload } from "./document.js";
import type { Fault, Outcome } from "./faults.js";
import type { Keys } from "./keys.js";
import type { Platform } from "./platform.js";
import type { Session } from "./session.js";
import { isOpen, outcomeOf } from "./outcome.js";
import { read, type Storage, write } from "./storage.js";

/**
 * Something that is to be done when there is a network.
 *
 * - `waiting`: it has not been answered yet.
 * - `merged`: it was done, and something in `data` is to be looked at (somebody changed the same meanwhile).
 * - `stuck`: it was refused; `fault` says what to put right. What comes after it in its lane waits for that.
 */
export interface Waiting {
  readonly id: string;
  /** Whose it is: only while they are signed in it goes out. */
  readonly owner: string;
  /** What must be done in order: a draft, say. Lanes do not wait for each other. */
  readonly lane: string;
  /** What to call it on a page, in words. */
  readonly label: string;
  readonly document: { readonly kind: "mutation"; readonly name: string; readonly id: string };
  readonly variables: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly since: number;
  /** Whether it has been on its way: what was sent under a key is never changed. */
  readonly wasSent: boolean;
  readonly state: "waiting" | "merged" | "stuck";
  readonly fault: Fault | null;
  readonly data: unknown;
}

/** How an errand is put on the queue. */
export interface Wish {
  readonly lane: string;
  readonly label: string;
}

/** What is known of one document: when its answer is to be looked at, and what follows from it for the next. */
export interface Habit<P, V> {
  /** Whether something of the answer is to be shown. Without it: whether its `conflicts` hold any. */
  readonly isMerged?: (payload: P) => boolean;
  /** What the next one in the lane is to say after this answer: it goes by the version that came, say. */
  readonly next?: (payload: P, variables: Given<V>) => Given<V>;
  /** Puts two into one where the first has not been sent yet; nothing where they do not belong together. */
  readonly join?: (waiting: Given<V>, added: Given<V>) => Given<V> | null;
}

type AnyHabit = Habit<unknown, Record<string, unknown>>;

const PREFIX = "queue:";
const DIGITS = 15;

/** Errands that outlive a restart, are done in order, each once. */
export class Queue {
  private readonly habits = new Map<string, AnyHabit>();
  private listeners: ((all: readonly Waiting[]) => void)[] = [];
  private flushing: Promise<void> | null = null;
  private again = false;
  private isHeld = false;
  private turn: Promise<unknown> = Promise.resolve();
  private last = 0;

  constructor(
    private readonly storage: Storage,
    private readonly platform: Platform,
    private readonly keys: Keys,
    private readonly session: Session,
    private readonly caller: Caller,
  ) {
    caller.reached = () => this.heard();
  }

  /** Says what is to be known of a document. Say it at the start, before anything is done. */
  know<R, V>(document: Mutation<R, V>, habit: Habit<Payload<R>, V>): void {
    this.habits.set(document.name, habit as unknown as AnyHabit);
  }

  /** Puts something on the queue, and does it at once where there is a network. */
  async add<R, V extends object>(document: Mutation<R, V>, variables: Given<V>, { lane, label }: Wish): Promise<Waiting> {
    await this.session.ready();
    const waiting = await this.inTurn(async () => {
      const joined = await this.joined(document.name, lane, { ...variables });
      if (joined) return joined;
      return this.put({ lane, label, document: { kind: "mutation", name: document.name, id: document.id }, variables: { ...variables } });
    });
    await this.tell();
    void this.flush();
    return waiting;
  }

  /** Gives what waits or is to be looked at of whoever is signed in, in order. */
  async all(): Promise<Waiting[]> {
    await this.session.ready();
    const found = await Promise.all((await this.names()).map((name) => read<Waiting>(this.storage, name)));
    return found.filter((one): one is Waiting => one !== null && one.owner === this.session.owner);
  }

  /** Tells whenever something changed. Give what comes back a call to stop listening. */
  listen(listener: (all: readonly Waiting[]) => void): () => void {
    this.listeners.push(listener);
    return () => void (this.listeners = this.listeners.filter((one) => one !== listener));
  }

  /** Does what waits: call it when the network is back, and when the app is shown. One at a time, however often it is called. */
  flush(): Promise<void> {
    this.again = this.flushing !== null;
    this.flushing ??= this.flushed().finally(() => (this.flushing = null));
    return this.flushing;
  }

  /** Says something else in the place of what was refused, and tries again. */
  async amend(id: string, variables: Record<string, unknown>): Promise<void> {
    const found = await this.find(id);
    if (!found) return;
    const key = await this.keys.fresh();
    await this.keep({ ...found, variables, key, wasSent: false, state: "waiting", fault: null, data: null });
    await this.flush();
  }

  /** Takes something off the queue: it was looked at, or is no longer meant. */
  async drop(id: string): Promise<void> {
    await this.storage.remove(PREFIX + id);
    await this.tell();
    void this.flush();
  }

  /** Takes off all that is somebody's. */
  async forget(owner: string): Promise<void> {
    for (const name of await this.names()) {
      const found = await read<Waiting>(this.storage, name);
      if (!found || found.owner === owner) await this.storage.remove(name);
    }
    await this.tell();
  }

  /** The line is there again, as something else has found: what waited for it goes on. */
  private heard(): void {
    if (!this.isHeld || this.flushing) return;
    this.isHeld = false;
    void this.flush();
  }

  private async put(what: Pick<Waiting, "lane" | "label" | "document" | "variables">): Promise<Waiting> {
    const { owner } = this.session;
    const [id, key, since] = [await this.place(), await this.keys.fresh(), this.platform.now()];
    const waiting: Waiting = { id, owner, ...what, key, since, wasSent: false, state: "waiting", fault: null, data: null };
    await write(this.storage, PREFIX + id, waiting);
    return waiting;
  }

  /** Adds to the last one of the lane, where that may be. */
  private async joined(name: string, lane: string, variables: Record<string, unknown>): Promise<Waiting | null> {
    const last = (await this.all()).filter((one) => one.lane === lane).pop();
    if (!last || last.wasSent || last.state !== "waiting" || last.document.name !== name) return null;
    const both = this.habits.get(name)?.join?.(last.variables, variables);
    if (!both) return null;
    const joined = { ...last, variables: both };
    await write(this.storage, PREFIX + last.id, joined);
    return joined;
  }

  /** Lets one thing after the other be changed in what is kept. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work, work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** Takes the next one to be sent, as it stands now; from here on it is not changed any more. */
  private take(id: string): Promise<Waiting | null> {
    return this.inTurn(async () => {
      const found = await this.find(id);
      if (!found || found.owner !== this.session.owner) return null;
      if (found.state !== "waiting" || found.wasSent) return found;
      await write(this.storage, PREFIX + id, { ...found, wasSent: true });
      return found;
    });
  }

  private async flushed(): Promise<void> {
    do {
      this.again = false;
      await this.round();
    } while (this.again);
  }

  /** One walk through all lanes. Where nothing gets through, nothing else is tried. */
  private async round(): Promise<void> {
    const held = new Set<string>();
    for (const { id, lane } of await this.all()) {
      const one = held.has(lane) ? null : await this.take(id);
      if (!one) continue;
      if (one.state === "stuck") held.add(one.lane);
      if (one.state !== "waiting") continue;
      const outcome = outcomeOf<unknown>(await this.caller.ask(one.document, { ...one.variables, idempotencyKey: one.key }));
      this.isHeld = !outcome.ok && isOpen(outcome.fault);
      if (!outcome.ok && this.isHeld) return;
      if (!(await this.settle(one, outcome))) held.add(one.lane);
    }
  }

  /** Keeps what came of it. Says whether the lane may go on. */
  private async settle(one: Waiting, outcome: Outcome<unknown>): Promise<boolean> {
    const isStill = (await this.find(one.id))?.key === one.key;
    if (!outcome.ok) {
      if (isStill) await this.keep({ ...one, state: "stuck", fault: outcome.fault, data: outcome.data });
      return !isStill;
    }
    const habit = this.habits.get(one.document.name);
    await this.inTurn(() => this.carryOn(one, outcome.data, habit));
    const isMerged = habit?.isMerged ? habit.isMerged(outcome.data) : hasConflicts(outcome.data);
    if (isMerged && isStill) await this.keep({ ...one, state: "merged", data: outcome.data });
    else await this.storage.remove(PREFIX + one.id);
    await this.tell();
    return true;
  }

  /** Tells the next ones of the lane what came before them: none of them was sent yet. */
  private async carryOn(done: Waiting, data: unknown, habit: AnyHabit | undefined): Promise<void> {
    if (!habit?.next) return;
    for (const one of await this.all()) {
      const follows = one.lane === done.lane && one.id > done.id && one.document.name === done.document.name;
      if (follows && one.state === "waiting") {
        await write(this.storage, PREFIX + one.id, { ...one, variables: habit.next(data, one.variables) });
      }
    }
  }

  private find(id: string): Promise<Waiting | null> {
    return read<Waiting>(this.storage, PREFIX + id);
  }

  private async names(): Promise<string[]> {
    return (await this.storage.names()).filter((name) => name.startsWith(PREFIX)).sort();
  }

  /** Gives the next place: later than all that are kept, whatever the device's clock says. */
  private async place(): Promise<string> {
    const newest = (await this.names()).pop();
    this.last = Math.max(this.last, newest ? Number(newest.slice(PREFIX.length)) : 0) + 1;
    return String(this.last).padStart(DIGITS, "0");
  }

  private async keep(one: Waiting): Promise<void> {
    await write(this.storage, PREFIX + one.id, one);
    await this.tell();
  }

  private async tell(): Promise<void> {
    const all = await this.all();
    for (const listener of this.listeners) listener(all);
  }
}

function hasConflicts(payload: unknown): boolean {
  const { conflicts } = (payload ?? {}) as { readonly conflicts?: unknown };
  return Array.isArray(conflicts) && conflicts.length > 0;
}
