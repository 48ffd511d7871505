import { type Both, mergedOf, waitingOf } from "../../lib/draft";
import { goOn, page, type Told } from "../../lib/page";
import { documents, service } from "../../lib/service";

interface Shown {
  readonly key: string;
  /** Which errand of the queue it belongs to. */
  readonly errand: string;
}

page({
  data: { items: [] as (Both & Shown)[], left: [] as ({ readonly text: string } & Shown)[] },

  /** Gathers what both had changed, in the service's words. */
  async load({ id = "" }) {
    const merged = (await waitingOf(id)).filter((one) => one.state === "merged");
    this.setData({
      items: merged.flatMap((one) => mergedOf(one).conflicts.map((both) => ({ ...both, errand: one.id, key: `${one.id}:${both.field}` }))),
      left: merged.flatMap((one) => mergedOf(one).leftOut.map(({ text, field }) => ({ text, errand: one.id, key: `${one.id}:left:${field}` }))),
    });
  },

  methods: {
    /** What this telephone says stands already: it was looked at. */
    async mine(event: Told<unknown, { readonly key: string }>): Promise<void> {
      await this.seen(event.currentTarget.dataset.key);
    },
    /** What was said elsewhere is saved again. */
    async theirs(event: Told<unknown, { readonly key: string }>): Promise<void> {
      const { key } = event.currentTarget.dataset;
      const found = this.data.items.find((one) => one.key === key);
      const { id = "" } = this.query();
      if (!found) return;
      const { step, field, theirsValues } = found;
      const draft = await this.once(() => service().ask(documents.DraftPage, { id, step }));
      if (!draft?.ok) return;
      const input = { draftId: id, step, baseVersion: draft.data.draft.version, answers: [{ field, values: theirsValues }] };
      const saved = await this.once(() => service().do(documents.SaveDraftStep, { input }));
      if (saved?.ok) await this.seen(key);
    },
    async seen(key: string): Promise<void> {
      const { errand } = [...this.data.items, ...this.data.left].find((one) => one.key === key) ?? {};
      const items = this.data.items.filter((one) => one.key !== key);
      const left = this.data.left.filter((one) => one.key !== key);
      this.setData({ items, left });
      if (errand && ![...items, ...left].some((one) => one.errand === errand)) await service().queue.drop(errand);
    },
    back() {
      goOn(`/pages/step/step?id=${this.query()["id"]}`);
    },
  },
});
