/** One thing the person can put right. */
export interface Problem {
  readonly code: string;
  /** The input it belongs to. */
  readonly field: string | null;
  readonly message: string;
  readonly remedy: string;
}

/**
 * Why it did not work, in words a person can be shown.
 *
 * - `problems`: something to put right; each says what and where. Nothing was kept.
 * - `refused`: it cannot be done so; `remedy` says what else can.
 * - `signed_out`: it needs signing in (again). What was typed is still yours to keep.
 * - `busy`: the service cannot now; `retryAfter` seconds if it said so.
 * - `unreachable`: no answer came. Trying again with the same input never does it twice.
 * - `broken`: an answer nobody meant; `reference` is the number to quote.
 */
export interface Fault {
  readonly kind: "problems" | "refused" | "signed_out" | "busy" | "unreachable" | "broken";
  /** Stable; sentences may change. */
  readonly code: string;
  readonly text: string;
  readonly remedy: string;
  /** Whether the same again may help. */
  readonly retryable: boolean;
  readonly retryAfter: number | null;
  /** What to put right: one at least where `kind` is `problems`. */
  readonly problems: readonly Problem[];
  /** Where in the answer it belongs to, for queries that were answered in part. */
  readonly path: readonly (string | number)[];
  readonly reference: string | null;
}

/** What came of it. Nothing is thrown for what can happen to anybody. */
export type Outcome<T> =
  | {
      readonly ok: true;
      readonly data: T;
      /** Parts that could not be given, each empty in `data`: show them in words where they belong. */
      readonly faults: readonly Fault[];
      /** Where it was read from the device because nothing could be fetched: when it was true. */
      readonly keptAt: number | null;
    }
  | {
      readonly ok: false;
      readonly fault: Fault;
      /** What was answered all the same: other times where one was taken, say. */
      readonly data: T | null;
    };

/** An error as the door writes it. */
export interface WrittenError {
  readonly message?: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly status?: number;
    readonly text?: string;
    readonly remedy?: string;
    readonly retryable?: boolean;
    readonly retryAfter?: number;
    readonly reference?: string;
    readonly problems?: readonly Problem[];
  };
}

const NOT_SIGNED_IN = 401;
const TOO_MANY = 429;
const FAULTY = 500;
const AWAY = [502, 503, 504];

const WORDS = {
  unreachable: { text: "连不上网络。", remedy: "已经填写的内容都在。请到信号好的地方再试；着急的事，请打 12348（免费）。" },
  busy: { text: "系统繁忙，暂时无法办理。", remedy: "请过一会儿再试；急用请拨打 12348。" },
  broken: { text: "系统出了问题。", remedy: "您的信息没有丢失。请稍后再试；急用请拨打 12348。" },
  signed_out: { text: "请先登录。", remedy: "登录后可以接着办理，已经填写的内容会保留。" },
} as const;

/** Makes a fault whose words are ours: the service was not there to say them. */
export function ownFault(kind: keyof typeof WORDS, code: string, retryAfter: number | null = null): Fault {
  const retryable = kind !== "signed_out";
  return { kind, code, ...WORDS[kind], retryable, retryAfter, problems: [], path: [], reference: null };
}

/** Reads an error of the door. */
export function readError(error: WrittenError): Fault {
  const said = error.extensions ?? {};
  const kind = kindOf(said.status ?? FAULTY, (said.problems ?? []).length > 0);
  return {
    kind,
    code: said.code ?? "unknown",
    text: said.text ?? error.message ?? WORDS.broken.text,
    remedy: said.remedy ?? WORDS.broken.remedy,
    retryable: said.retryable ?? false,
    retryAfter: said.retryAfter ?? null,
    problems: said.problems ?? [],
    path: error.path ?? [],
    reference: said.reference ?? null,
  };
}

/** Reads the problems of a payload: the first one speaks for all. */
export function readProblems(problems: readonly Problem[]): Fault {
  const first = problems[0];
  return {
    kind: "problems",
    code: first?.code ?? "rejected",
    text: first?.message ?? "有内容需要修改。",
    remedy: first?.remedy ?? "请按提示逐项修改后再提交。",
    retryable: false,
    retryAfter: null,
    problems,
    path: [],
    reference: null,
  };
}

/** Reads a status that came without words of the door: from something on the way. */
export function readStatus(status: number, retryAfter: number | null): Fault {
  if (status === NOT_SIGNED_IN) return ownFault("signed_out", "not_signed_in");
  if (status === TOO_MANY || AWAY.includes(status)) return ownFault("busy", `http_${status}`, retryAfter);
  return { ...ownFault("broken", `http_${status}`), retryable: status >= FAULTY };
}

function kindOf(status: number, hasProblems: boolean): Fault["kind"] {
  if (hasProblems) return "problems";
  if (status === NOT_SIGNED_IN) return "signed_out";
  if (status === TOO_MANY || AWAY.includes(status)) return "busy";
  return status >= FAULTY ? "broken" : "refused";
}
