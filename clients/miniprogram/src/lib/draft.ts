import { documents, service, type types, type Waiting } from "./service";

export type Draft = types.DraftPageQuery["draft"];

interface Saving {
  readonly draftId: string;
  readonly step: string;
  readonly baseVersion: number;
  readonly answers: readonly { readonly field: string; readonly values: string[] }[];
}

const discreet = new Set<string>();

/** Notes whether a draft is to be shown discreetly, so that pages that are not told still know. */
export function noteDiscreet(id: string, isDiscreet: boolean): boolean {
  if (isDiscreet) discreet.add(id);
  else discreet.delete(id);
  return isDiscreet;
}

/** Says whether a draft is to be shown discreetly. */
export function isDiscreet(id: string): boolean {
  return discreet.has(id);
}

/** The queue's lane of a draft: what was typed in it goes out in the order it was typed. */
export function lane(id: string): string {
  return `draft:${id}`;
}

function savingOf(one: Waiting): Saving | null {
  return one.document.name === documents.SaveDraftStep.name ? (one.variables["input"] as Saving) : null;
}

/** Gives what was typed without a network in a step: it is shown in the place of what was fetched. */
export function written(waiting: readonly Waiting[], step: string): Record<string, string[]> {
  const typed: Record<string, string[]> = {};
  for (const one of waiting) {
    const saving = savingOf(one);
    if (one.state === "merged" || saving?.step !== step) continue;
    for (const { field, values } of saving.answers) typed[field] = [...values];
  }
  return typed;
}

/** Gives what was refused of it, by field. */
export function problemsOf(waiting: readonly Waiting[], step: string): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const one of waiting) {
    if (one.state !== "stuck" || savingOf(one)?.step !== step) continue;
    for (const { field, message, remedy } of one.fault?.problems ?? []) wrong[field ?? ""] = `${message}${remedy}`;
  }
  return wrong;
}

/** Has a step saved as soon as there is a network: only what was changed goes out, so that nothing newer is undone. */
export async function saveLater(id: string, step: string, label: string, base: number, changed: Record<string, string[]>) {
  const answers = Object.entries(changed).map(([field, values]) => ({ field, values }));
  const input = { draftId: id, step, baseVersion: base, answers };
  await service().queue.add(documents.SaveDraftStep, { input }, { lane: lane(id), label });
}

/** Gives what of something that was done is to be looked at: both had changed it. */
export function mergedOf(one: Waiting): { readonly step: string; readonly conflicts: readonly string[] } {
  const { conflicts } = (one.data ?? {}) as { readonly conflicts?: readonly string[] | null };
  return { step: savingOf(one)?.step ?? "", conflicts: conflicts ?? [] };
}
