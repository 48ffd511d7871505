import { type Frame, frame, listen, wishes } from "./modes";
import { type Fault, type Outcome, service } from "./service";

/** What a page shows where its content cannot be. */
export interface Shown {
  readonly frame: Frame;
  readonly state: "loading" | "ready" | "offline" | "signin" | "error";
  readonly fault: Fault | null;
  /** When what is shown was true, where it was read from the device; 0 where it is fresh. */
  readonly keptAt: number;
  readonly busy: boolean;
}

/** What every page can do. */
export interface Able<D> {
  readonly data: D & Shown;
  setData(change: Partial<D & Shown> & Record<string, unknown>): void;
  selectComponent(selector: string): unknown;
  /** Shows an answer, or why there is none. Gives the data where there are some. */
  show<T>(outcome: Outcome<T>): T | null;
  /** Does something once at a time, and says in a word what went wrong. */
  once<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T> | null>;
  /** Loads the page again. */
  again(): Promise<void>;
  /** The bar below, where the page has a place in it. */
  getTabBar?(): { setData(change: object): void } | undefined;
  /** The parameters the page was opened with. */
  query(): Readonly<Record<string, string>>;
}

interface Made<D, M> {
  readonly data: D;
  /** Whether the page is loaded again whenever it is shown. */
  readonly fresh?: boolean;
  /** Its name in the bar below, where it stands there. */
  readonly tab?: string;
  load?(query: Readonly<Record<string, string>>): Promise<void> | void;
  readonly methods?: M & ThisType<Able<D> & M>;
}

interface Private {
  asked: Record<string, string>;
  stop: () => void;
  wasShown: boolean;
}

const STATES: Partial<Record<Fault["kind"], Shown["state"]>> = { unreachable: "offline", busy: "offline", signed_out: "signin" };

/** Makes a page: its frame follows the wishes, and loading, faults and no network look the same everywhere. */
export function page<D extends object, M extends object>(made: Made<D, M> & ThisType<Able<D> & M>): void {
  const start: Shown = { frame: frame(), state: made.load ? "loading" : "ready", fault: null, keptAt: 0, busy: false };
  type Self = Able<D> & M & Private;

  Component({
    data: { ...made.data, ...start } as Record<string, unknown>,
    methods: {
      onLoad(this: Self, query: Record<string, string>) {
        this.asked = Object.fromEntries(Object.entries(query ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]));
        this.setData({ frame: frame() } as Partial<D & Shown>);
        this.stop = listen(() => this.setData({ frame: frame() } as Partial<D & Shown>));
        void this.again();
      },
      onShow(this: Self) {
        if (wishes().discreet) wx.setVisualEffectOnCapture?.({ visualEffect: "hidden" });
        if (made.tab) this.getTabBar?.()?.setData({ chosen: made.tab });
        if (this.wasShown && made.fresh) void this.again();
        this.wasShown = true;
      },
      onUnload(this: Self) {
        this.stop?.();
      },
      async onPullDownRefresh(this: Self) {
        await this.again();
        wx.stopPullDownRefresh();
      },
      async again(this: Self) {
        await made.load?.call(this as never, this.query());
        if (this.data.state === "loading") this.setData({ state: "ready" } as Partial<D & Shown>);
      },
      query(this: Self) {
        return this.asked ?? {};
      },
      show<T>(this: Self, outcome: Outcome<T>): T | null {
        if (outcome.ok) {
          this.setData({ state: "ready", fault: null, keptAt: outcome.keptAt ?? 0 } as Partial<D & Shown>);
          return outcome.data;
        }
        this.setData({ state: STATES[outcome.fault.kind] ?? "error", fault: outcome.fault } as Partial<D & Shown>);
        return null;
      },
      async once<T>(this: Self, work: () => Promise<Outcome<T>>): Promise<Outcome<T> | null> {
        if (this.data.busy) return null;
        this.setData({ busy: true, fault: null } as Partial<D & Shown>);
        const outcome = await work();
        this.setData({ busy: false, fault: outcome.ok ? null : outcome.fault } as Partial<D & Shown>);
        if (!outcome.ok && outcome.fault.kind === "signed_out") wx.navigateTo({ url: "/pages/signin/signin" });
        return outcome;
      },
      ...((made.methods ?? {}) as object),
    } as Record<string, (...given: never[]) => unknown>,
  } as never);
}

/** Opens another page. */
export function go(url: string): void {
  const at = url.split("?")[0] ?? url;
  if (TABS.includes(at)) wx.switchTab({ url: at });
  else wx.navigateTo({ url });
}

/** Opens another page in the place of this one. */
export function goOn(url: string): void {
  wx.redirectTo({ url });
}

/** What an event of ours carries. */
export interface Told<Detail = Record<string, unknown>, Data = Record<string, string>> {
  readonly detail: Detail;
  readonly currentTarget: { readonly dataset: Data };
}

export const TABS = ["home", "learn", "nearby", "messages", "mine"].map((name) => `/pages/${name}/${name}`);

/** Does what waited for a network. */
export function flush(): void {
  void service().queue.flush();
}
