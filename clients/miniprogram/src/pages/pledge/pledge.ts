import { isDiscreet } from "../../lib/draft";
import { goOn, page, type Told } from "../../lib/page";
import { documents, type Problem, service, signatureOf, type types } from "../../lib/service";

type Pledge = types.ReadPledgeQuery["pledgeForm"];

interface Paper {
  picture(): Promise<string | null>;
}

const NOT_DRAWN: Problem = { code: "pledge_not_drawn", field: "drawing", message: "还没有写签名。", remedy: "请在框里写名字，或者改成只打字。" };

page({
  data: {
    pledge: {} as Pledge,
    clauses: [] as (Pledge["clauses"][number] & { readonly on: boolean })[],
    method: "DRAWN" as "DRAWN" | "TYPED",
    name: "",
    wrong: {} as Record<string, string>,
    discreet: false,
  },

  async load({ id = "" }) {
    const pledge = this.show(await service().ask(documents.ReadPledge, { draftId: id }))?.pledgeForm;
    if (pledge) this.setData({ pledge, clauses: pledge.clauses.map((clause) => ({ ...clause, on: false })), discreet: isDiscreet(id) });
  },

  methods: {
    tick(event: Told<unknown, { readonly code: string }>) {
      const { code } = event.currentTarget.dataset;
      this.setData({ clauses: this.data.clauses.map((one) => (one.code === code ? { ...one, on: !one.on } : one)), wrong: {} });
    },
    way(event: Told<unknown, { readonly method: "DRAWN" | "TYPED" }>) {
      this.setData({ method: event.currentTarget.dataset.method, wrong: {} });
    },
    typed(event: Told<{ readonly value: string }>) {
      this.setData({ name: event.detail.value });
    },
    drawn() {
      this.setData({ wrong: {} });
    },
    /** Signs what is shown: which clauses were ticked and which edition it is goes with it. */
    async sign() {
      const { id = "" } = this.query();
      const { pledge, method, name, clauses } = this.data;
      const drawing = method === "DRAWN" ? await this.drawing() : null;
      if (method === "DRAWN" && !drawing) return;
      const acknowledged = clauses.filter((one) => one.on).map((one) => one.code);
      const input = { draftId: id, version: pledge.version, method, name, acknowledged, drawing };
      const signed = await this.once(() => service().do(documents.GivePledge, { input }));
      if (signed?.ok) return this.next();
      if (signed?.fault.kind === "problems") this.point(signed.fault.problems);
    },
    /** Sends the drawing and gives its token. */
    async drawing(): Promise<string | null> {
      const picture = await (this.selectComponent("#signature") as Paper | null)?.picture();
      if (!picture) {
        this.point([NOT_DRAWN]);
        return null;
      }
      const source = await signatureOf(picture);
      const sent = await this.once(() => service().uploads.send(source, { purpose: "signature" }));
      return sent?.ok ? sent.data.token : null;
    },
    point(problems: readonly Problem[]) {
      this.setData({ wrong: Object.fromEntries(problems.map((one) => [one.field ?? "", `${one.message}${one.remedy}`])) });
    },
    next() {
      goOn(`/pages/review/review?id=${this.query()["id"]}`);
    },
    mend() {
      goOn(`/pages/review/review?id=${this.query()["id"]}`);
    },
    otherwise() {
      goOn(`/pages/step/step?id=${this.query()["id"]}&step=verification`);
    },
  },
});
