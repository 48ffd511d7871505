import { documents, service, type types, type Waiting } from "./service";

export type Draft = types.DraftPageQuery["draft"];
type Synced = NonNullable<types.SyncDraftMutation["syncDraft"]>;

/** An answer both had changed: what this device says stands until somebody says otherwise. */
export type Both = NonNullable<Synced["conflicts"]>[number];

/** An answer that was not taken, and why. */
export type LeftOut = NonNullable<Synced["leftOut"]>[number];

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

/** Gives what was typed in a draft without a network and is not settled yet. */
export async function waitingOf(id: string): Promise<Waiting[]> {
  return (await service().queue.all()).filter((one) => one.lane === id);
}

function pagesOf(one: Waiting): readonly types.SyncPageInput[] {
  const { pages } = one.variables["input"] as types.SyncDraftInput;
  return Array.isArray(pages) ? pages : [pages as types.SyncPageInput];
}

/** Gives what was typed without a network in a step: it is shown in the place of what was fetched. */
export function written(waiting: readonly Waiting[], step: string): Record<string, string[]> {
  const typed: Record<string, string[]> = {};
  for (const one of waiting.filter(({ state }) => state !== "merged")) {
    for (const page of pagesOf(one).filter((page) => page.step === step)) {
      for (const { field, values } of [page.answers].flat()) typed[field] = [values].flat();
    }
  }
  return typed;
}

/** Gives what was refused of it, by field. */
export function problemsOf(waiting: readonly Waiting[]): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const { fault } of waiting.filter(({ state }) => state === "stuck")) {
    for (const { field, message, remedy } of fault?.problems ?? []) wrong[field ?? ""] = `${message}${remedy}`;
  }
  return wrong;
}

/** Has a step saved as soon as there is a network: only what was changed goes out, so that nothing newer is undone. */
export async function saveLater(id: string, step: string, label: string, base: number, changed: Record<string, string[]>) {
  const answers = Object.entries(changed).map(([field, values]) => ({ field, values }));
  const input = { draftId: id, baseVersion: base, pages: [{ step, answers }] };
  await service().queue.add(documents.SyncDraft, { input }, { lane: id, label });
}

/** Gives what of something that was done is to be looked at. */
export function mergedOf(one: Waiting): { readonly conflicts: readonly Both[]; readonly leftOut: readonly LeftOut[] } {
  const { conflicts, leftOut } = (one.data ?? {}) as Partial<Synced>;
  return { conflicts: conflicts ?? [], leftOut: leftOut ?? [] };
}
