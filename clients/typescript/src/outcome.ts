import type { Reply } from "./door.js";
import { type Fault, type Outcome, ownFault, type Problem, readProblems } from "./faults.js";

interface WithProblems {
  readonly problems?: readonly Problem[];
}

/** Says what came of a mutation. */
export function outcomeOf<P>(reply: Reply): Outcome<P> {
  const payload = reply.data ? ((Object.values(reply.data)[0] ?? null) as (P & WithProblems) | null) : null;
  const fault = reply.faults[0];
  if (fault || payload === null) return { ok: false, fault: fault ?? ownFault("broken", "unknown"), data: null };
  if (payload.problems?.length) return { ok: false, fault: readProblems(payload.problems), data: payload };
  return { ok: true, data: payload, faults: [], keptAt: null };
}

/** Says whether it may have been done all the same, or may be done by the same again. */
export function isOpen(fault: Fault): boolean {
  return isAway(fault) || fault.kind === "signed_out" || fault.retryable;
}

/** Says whether the service could not be asked. */
export function isAway(fault: Fault): boolean {
  return fault.kind === "unreachable" || fault.kind === "busy";
}
