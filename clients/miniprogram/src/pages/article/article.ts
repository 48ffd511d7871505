import { page } from "../../lib/page";
import { documents, service, type types } from "../../lib/service";
import { rich } from "../../lib/rich";
import { pageOf } from "../../lib/ways";

type Page = NonNullable<types.PageTextQuery["page"]>;

page({
  data: {
    card: {} as Page["card"],
    html: "",
    isBehind: false,
    terms: [] as Page["terms"],
    laws: [] as Page["laws"],
    steps: [] as (Page["nextSteps"][number] & { readonly link: string })[],
    related: [] as Page["related"],
  },

  async load({ slug = "" }) {
    const told = this.show(await service().ask(documents.PageText, { slug, language: null }, { keep: true }))?.page;
    if (!told) return;
    const steps = told.nextSteps.map((step) => ({ ...step, link: pageOf(step.href) })).filter((step) => step.link);
    const { card, terms, laws, related } = told;
    this.setData({ card, html: rich(told.html), terms, laws, steps, related, isBehind: told.edition?.isBehind ?? false });
  },
});
