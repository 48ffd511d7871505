import { go, goOn, page } from "../../lib/page";
import { documents, isSignedIn, service } from "../../lib/service";
import { day, when } from "../../lib/words";

page({
  fresh: true,
  data: { drafts: [] as { id: string; title: string; saved: string; until: string }[], waiting: 0, isIn: true },

  async load({ code }) {
    const isIn = await isSignedIn();
    this.setData({ isIn });
    if (!isIn) return;
    const told = this.show(await service().ask(documents.MyCases, { first: 1, after: null }, { keep: true }));
    if (!told) return;
    const drafts = told.myDrafts.map(({ id, savedAt, expiresAt }) => ({
      id,
      title: "接着填上次的申请",
      saved: when(savedAt),
      until: day(expiresAt),
    }));
    this.setData({ drafts, waiting: (await service().queue.all()).length });
    if (code) await this.begun(code);
  },

  methods: {
    async begin() {
      if (!this.data.isIn) return go(`/pages/signin/signin?next=${encodeURIComponent("/pages/apply/apply")}`);
      await this.begun(null);
    },
    async begun(code: string | null): Promise<void> {
      const made = await this.once(() => service().do(documents.BeginDraft, { input: { code } }));
      const draft = made?.ok ? made.data.draft : null;
      if (draft) (code ? goOn : go)(`/pages/step/step?id=${draft.id}&step=${draft.nextStep}`);
    },
  },
});
