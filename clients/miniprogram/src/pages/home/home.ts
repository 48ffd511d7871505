import { go, page, type Told } from "../../lib/page";
import { documents, service, type types } from "../../lib/service";
import { when } from "../../lib/words";

type Home = types.HomeQuery["home"];
type Trouble = types.TroubleFragment;

const WAYS = [
  { icon: "check", title: "我能申请吗", text: "答几个问题，大约三分钟，不留姓名", link: "/pages/check/check" },
  { icon: "apply", title: "我要申请", text: "随时停下，下次接着填", link: "/pages/apply/apply" },
  { icon: "nearby", title: "最近的服务点", text: "哪里开着、怎么去", link: "/pages/nearby/nearby" },
  { icon: "visit", title: "请人上门", text: "出不了门，我们来", link: "/pages/visit/visit" },
  { icon: "learn", title: "看懂法律", text: "大白话讲，还能搜", link: "/pages/learn/learn" },
];

function cards({ cases, appointment, place, pages, bulletins }: Home) {
  const troubles = [cases, appointment, place, pages, bulletins].map((card) => card?.trouble);
  return {
    cases: cases?.cases ?? [],
    drafts: (cases?.drafts ?? []).map(({ id, savedAt }) => ({ id, saved: when(savedAt) })),
    appointment: appointment?.startsAt ? { ...appointment, moment: when(appointment.startsAt) } : null,
    place: place?.code ? place : null,
    pages: pages?.pages ?? [],
    bulletins: bulletins?.bulletins ?? [],
    troubles: troubles.filter((one): one is Trouble => Boolean(one)),
  };
}

page({
  tab: "home",
  fresh: true,
  data: {
    ways: WAYS,
    cases: [] as object[],
    drafts: [] as object[],
    appointment: null as object | null,
    place: null as object | null,
    pages: [] as object[],
    bulletins: [] as object[],
    troubles: [] as readonly Trouble[],
  },

  async load() {
    const told = this.show(await service().ask(documents.Home, { position: null, region: null }, { keep: true }));
    if (told) this.setData(cards(told.home));
    else if (this.data.state === "offline") this.setData({ state: "ready" });
  },

  methods: {
    open(event: Told<unknown, { readonly link: string }>) {
      go(event.currentTarget.dataset.link);
    },
  },
});
