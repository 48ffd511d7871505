import { lane, mergedOf } from "../../lib/draft";
import { goOn, page, type Told } from "../../lib/page";
import { documents, service } from "../../lib/service";

interface Both {
  readonly key: string;
  readonly id: string;
  readonly step: string;
  readonly field: string;
  readonly title: string;
  readonly now: string;
  readonly other: string;
}

page({
  data: { items: [] as Both[] },

  /** Gathers what both had changed, and says for each what stands now. */
  async load({ id = "" }) {
    const waiting = (await service().queue.all()).filter((one) => one.lane === lane(id) && one.state === "merged");
    const items: Both[] = [];
    for (const one of waiting) {
      const { step, conflicts } = mergedOf(one);
      const draft = this.show(await service().ask(documents.DraftPage, { id, step }))?.draft;
      if (!draft) return;
      for (const { question, text } of draft.step.fields.filter((field) => conflicts.includes(field.question.name))) {
        items.push({ key: `${one.id}:${question.name}`, id: one.id, step, field: question.name, title: question.title, now: text, other: "" });
      }
    }
    this.setData({ items });
  },

  methods: {
    /** It was looked at: what stands, stands. */
    async keep(event: Told<unknown, { readonly key: string }>): Promise<void> {
      await this.seen(event.currentTarget.dataset.key);
    },
    async mend(event: Told<unknown, { readonly key: string }>): Promise<void> {
      const found = this.data.items.find((one) => one.key === event.currentTarget.dataset.key);
      if (!found) return;
      await this.seen(found.key);
      goOn(`/pages/step/step?id=${this.query()["id"]}&step=${found.step}`);
    },
    async seen(key: string): Promise<void> {
      const found = this.data.items.find((one) => one.key === key);
      const items = this.data.items.filter((one) => one.key !== key);
      this.setData({ items });
      if (found && !items.some((one) => one.id === found.id)) await service().queue.drop(found.id);
    },
    back() {
      goOn(`/pages/step/step?id=${this.query()["id"]}`);
    },
  },
});
