import type { Told } from "../../lib/page";
import { documents, type Fault, service } from "../../lib/service";

interface Place {
  readonly code: string;
  readonly name: string;
  readonly fullName: string;
}

const ENOUGH = 2;
const PROVINCE = "43";

Component({
  properties: {
    code: { type: String, value: "" },
    text: { type: String, value: "" },
    label: { type: String, value: "地区" },
    options: { type: Array, value: [] as { readonly value: string; readonly label: string }[] },
  },
  data: { name: "", isOpen: false, words: "", path: [] as Place[], found: [] as Place[], isEmpty: false, fault: null as Fault | null },
  observers: {
    "code, text"(code: string, text: string) {
      if (code && text && !this.data.isOpen) this.setData({ name: text });
    },
  },
  methods: {
    async open() {
      this.setData({ isOpen: true, words: "", path: [] });
      await this.first();
    },
    /** The outermost choice: what is offered, else the province. */
    async first(): Promise<void> {
      const { options } = this.properties;
      if (options.length === 0) return this.below(PROVINCE);
      this.shown(options.map(({ value, label }) => ({ code: value, name: label, fullName: label })), null);
    },
    close() {
      this.setData({ isOpen: false });
    },
    async search(event: Told<{ readonly value: string }>) {
      const words = event.detail.value.trim();
      this.setData({ words });
      if (words.length < ENOUGH) return;
      const outcome = await service().ask(documents.DivisionSearch, { text: words, first: 8, within: null });
      if (this.data.words !== words) return;
      this.shown(outcome.ok ? outcome.data.divisionSearch : null, outcome.ok ? null : outcome.fault);
    },
    async below(parent: string) {
      const outcome = await service().ask(documents.Divisions, { parent, first: 100, after: null }, { keep: true });
      const found = outcome.ok ? outcome.data.divisions.nodes.map((one) => ({ ...one, fullName: one.name })) : null;
      this.shown(found, outcome.ok ? null : outcome.fault);
    },
    shown(found: readonly Place[] | null, fault: Fault | null) {
      this.setData({ found: found ? [...found] : [], isEmpty: found?.length === 0 && this.data.words !== "", fault });
    },
    async pick(event: Told<unknown, { readonly index: number }>) {
      const place = this.data.found[event.currentTarget.dataset.index];
      if (!place) return;
      const last = place.code.length > "430281".length + "000".length;
      if (last || this.data.words) return this.choose(place);
      this.setData({ path: [...this.data.path, place] });
      await this.below(place.code);
    },
    async back(event: Told<unknown, { readonly index: number }>) {
      const path = this.data.path.slice(0, event.currentTarget.dataset.index);
      this.setData({ path });
      const outer = path[path.length - 1];
      await (outer ? this.below(outer.code) : this.first());
    },
    take() {
      const place = this.data.path[this.data.path.length - 1];
      if (place) this.choose(place);
    },
    choose(place: Place) {
      this.setData({ isOpen: false, name: place.fullName });
      this.triggerEvent("pick", { code: place.code, name: place.fullName });
    },
  },
});
