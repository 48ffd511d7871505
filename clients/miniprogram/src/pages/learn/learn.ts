import { page, type Told } from "../../lib/page";
import { documents, service, type types } from "../../lib/service";

type Card = types.PagesQuery["pages"]["nodes"][number];
type Shelf = types.PageShelvesQuery["pageShelves"][number];

interface Hit {
  readonly slug: string;
  readonly title: string;
  readonly excerpt: string;
}

const AT_ONCE = 15;
const ALL: Shelf = { code: "", name: "全部", isGroup: true, count: 1 };

function joined(parts: readonly { readonly text: string }[]): string {
  return parts.map((part) => part.text).join("");
}

page({
  tab: "learn",
  data: {
    words: "",
    shelves: [] as Shelf[],
    chosen: "",
    isWide: false,
    pages: [] as Card[],
    after: null as string | null,
    found: false,
    instead: "",
    hits: [] as Hit[],
    stations: [] as types.SearchQuery["search"]["stations"],
  },

  async load() {
    const [shelves, pages] = await Promise.all([service().ask(documents.PageShelves, {}, { keep: true }), this.ask(null)]);
    const told = this.show(pages);
    if (!told) return;
    const filled = shelves.ok ? shelves.data.pageShelves.filter((one) => one.count > 0) : [];
    this.setData({ shelves: [ALL, ...filled], pages: told.pages.nodes, after: told.pages.pageInfo.endCursor });
    if (!told.pages.pageInfo.hasNextPage) this.setData({ after: null });
  },

  methods: {
    ask(after: string | null) {
      const { chosen, shelves } = this.data;
      const shelf = shelves.find((one) => one.code === chosen);
      const where = { group: shelf?.isGroup && chosen ? chosen : null, topic: shelf && !shelf.isGroup ? chosen : null };
      return service().ask(documents.Pages, { ...where, kind: null, first: AT_ONCE, after }, { keep: true });
    },
    widen() {
      this.setData({ isWide: true });
    },
    async choose(event: Told<unknown, { readonly code: string }>) {
      this.setData({ chosen: event.currentTarget.dataset.code });
      await this.again();
    },
    async more() {
      const told = await this.once(() => this.ask(this.data.after));
      if (!told?.ok) return;
      const { nodes, pageInfo } = told.data.pages;
      this.setData({ pages: [...this.data.pages, ...nodes], after: pageInfo.hasNextPage ? pageInfo.endCursor : null });
    },
    type(event: Told<{ readonly value: string }>) {
      this.setData({ words: event.detail.value });
    },
    async search() {
      const words = this.data.words.trim();
      if (!words) return this.clear();
      const outcome = await this.once(() => service().ask(documents.Search, { words }));
      if (!outcome?.ok) return;
      const { hits, stations, instead } = outcome.data.search;
      const told = hits.map(({ card, title, excerpt }) => ({ slug: card.slug, title: joined(title), excerpt: joined(excerpt) }));
      this.setData({ found: true, hits: told, stations, instead: instead ?? "" });
    },
    clear() {
      this.setData({ found: false, words: "", hits: [], stations: [] });
    },
  },
});
