import { type Draft, noteDiscreet, problemsOf, saveLater, waitingOf, written } from "../../lib/draft";
import { goOn, page, type Told } from "../../lib/page";
import { documents, type Problem, service } from "../../lib/service";
import { when } from "../../lib/words";

type Step = Draft["step"];
type Field = Step["fields"][number] & { readonly name: string; readonly problem: string };

const PAGES: Record<string, string> = { EVIDENCE: "papers", PLEDGE: "pledge", CHECK: "review" };
const FIRST = "area";

/** Puts what is wrong beside the fields it belongs to. */
function pointed(fields: readonly Field[], problems: readonly Problem[]): Field[] {
  const wrong = new Map(problems.map((one) => [one.field, `${one.message}${one.remedy}`]));
  return fields.map((field) => ({ ...field, problem: wrong.get(field.name) ?? "" }));
}

page({
  data: {
    step: {} as Step,
    fields: [] as Field[],
    changed: {} as Record<string, string[]>,
    version: 1,
    done: 0,
    total: 0,
    saved: "",
    next: "",
    discreet: false,
    isWaiting: false,
    toMerge: false,
  },

  async load({ id = "", step = FIRST }) {
    const outcome = await service().ask(documents.DraftPage, { id, step }, { keep: true });
    const draft = this.show(outcome)?.draft;
    if (!draft) return;
    if (draft.step.kind !== "QUESTIONS") return goOn(`/pages/${PAGES[draft.step.kind]}/${PAGES[draft.step.kind]}?id=${id}`);
    const waiting = await waitingOf(id);
    const wrong = problemsOf(waiting);
    const typed = written(waiting, step);
    const fields = draft.step.fields.map((field) => ({
      ...field,
      name: field.question.name,
      values: typed[field.question.name] ?? field.values,
      problem: wrong[field.question.name] ?? "",
    }));
    const next = draft.steps[draft.steps.findIndex((one) => one.name === draft.step.name) + 1]?.name ?? "";
    if (next && outcome.ok && !outcome.keptAt) void service().ask(documents.DraftPage, { id, step: next }, { keep: true });
    this.setData({
      step: draft.step,
      next,
      fields,
      changed: {},
      version: draft.version,
      done: draft.steps.filter((one) => one.state === "DONE").length,
      total: draft.steps.length,
      saved: when(draft.savedAt),
      discreet: noteDiscreet(id, draft.discreet),
      isWaiting: waiting.some((one) => one.state === "waiting"),
      toMerge: waiting.some((one) => one.state === "merged"),
    });
  },

  methods: {
    answer(event: Told<{ readonly field: string; readonly values: string[] }>) {
      const { field, values } = event.detail;
      const fields = this.data.fields.map((one) => (one.name === field ? { ...one, values, problem: "" } : one));
      this.setData({ fields, changed: { ...this.data.changed, [field]: values } });
    },
    /** Saves; where there is no network, the device keeps it and the next step opens all the same. */
    async save(): Promise<void> {
      const { id = "", step = FIRST } = this.query();
      const answers = this.data.fields.map(({ name, values }) => ({ field: name, values: [...values] }));
      const input = { draftId: id, step, baseVersion: this.data.version, answers };
      const saved = await this.once(() => service().do(documents.SaveDraftStep, { input }));
      if (!saved) return;
      if (saved.ok) return goOn(`/pages/step/step?id=${id}&step=${saved.data.draft?.nextStep ?? FIRST}`);
      if (saved.fault.kind === "problems") {
        this.setData({ fields: pointed(this.data.fields, saved.fault.problems) });
        wx.pageScrollTo?.({ scrollTop: 0, duration: 0 });
      }
      if (saved.fault.kind !== "unreachable") return;
      await saveLater(id, step, this.data.step.title, this.data.version, this.data.changed);
      this.setData({ fault: null, isWaiting: true });
      if (this.data.next) goOn(`/pages/step/step?id=${id}&step=${this.data.next}`);
    },
    back() {
      const { id = "" } = this.query();
      goOn(`/pages/step/step?id=${id}&step=${this.data.step.previous}`);
    },
    merge() {
      wx.navigateTo({ url: `/pages/merge/merge?id=${this.query()["id"]}` });
    },
  },
});
