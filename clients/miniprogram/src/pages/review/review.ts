import { askToTell, prepareToTell } from "../../lib/consent";
import { noteDiscreet } from "../../lib/draft";
import { goOn, page, type Told } from "../../lib/page";
import { documents, type Problem, service, type types } from "../../lib/service";

type Draft = types.DraftCheckQuery["draft"];

page({
  data: {
    summary: [] as Draft["summary"],
    evidence: [] as Draft["evidence"],
    judgement: {} as Draft["judgement"],
    problems: [] as readonly Problem[],
    discreet: false,
    offers: [] as readonly { readonly name: string; readonly shown: string }[],
  },

  async load({ id = "" }) {
    const draft = this.show(await service().ask(documents.DraftCheck, { id }))?.draft;
    if (draft) this.setData({ summary: draft.summary, evidence: draft.evidence, judgement: draft.judgement, discreet: noteDiscreet(id, draft.discreet) });
    this.setData({ offers: await prepareToTell() });
  },

  methods: {
    mend(event: Told<unknown, { readonly step: string }>) {
      goOn(`/pages/step/step?id=${this.query()["id"]}&step=${event.currentTarget.dataset.step}`);
    },
    /** Hands in. Whether we may tell by WeChat is asked in the same tap: WeChat allows it at no other moment. */
    async submit() {
      const { id = "" } = this.query();
      this.setData({ problems: [] });
      await askToTell();
      const made = await this.once(() => service().do(documents.HandIn, { input: { draftId: id } }));
      if (made?.ok && made.data.application) return goOn(`/pages/receipt/receipt?reference=${made.data.application.reference}`);
      if (made && !made.ok && made.fault.kind === "problems") this.setData({ problems: made.fault.problems, fault: null });
      if (made && !made.ok) wx.pageScrollTo?.({ scrollTop: 0, duration: 0 });
    },
  },
});
