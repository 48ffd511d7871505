import { go, page } from "../../lib/page";
import { documents, type Fault, isSignedIn, service, type types } from "../../lib/service";
import { day, when } from "../../lib/words";

type Case = types.MyCasesQuery["myApplications"]["nodes"][number];

page({
  fresh: true,
  tab: "mine",
  data: {
    isIn: false,
    phone: "",
    waiting: 0,
    cases: [] as (Case & { readonly received: string })[],
    drafts: [] as { id: string; saved: string }[],
    appointments: [] as { reference: string; link: string; label: string; moment: string; place: string; stateText: string }[],
    trouble: null as Fault | null,
  },

  async load() {
    const isIn = await isSignedIn();
    this.setData({ isIn, waiting: (await service().queue.all()).length });
    if (!isIn) return this.setData({ state: "ready" });
    const [told, booked, me] = await Promise.all([
      service().ask(documents.MyCases, { first: 20, after: null }, { keep: true }),
      service().ask(documents.MyAppointments, { first: 10, after: null }, { keep: true }),
      service().ask(documents.Me, {}, { keep: true }),
    ]);
    const mine = this.show(told);
    if (!mine) return;
    this.setData({
      cases: mine.myApplications.nodes.map((one) => ({ ...one, received: day(one.receivedAt) })),
      drafts: mine.myDrafts.map(({ id, savedAt }) => ({ id, saved: when(savedAt) })),
      phone: me.ok ? (me.data.me?.maskedPhone ?? "") : "",
      trouble: booked.ok ? null : booked.fault,
      appointments: (booked.ok ? booked.data.myAppointments.nodes : []).map((one) => ({
        reference: one.reference,
        link: one.canChange || one.canCancel ? `/pages/appointment/appointment?link=${one.link}` : "",
        label: one.service.label,
        moment: when(one.startsAt),
        place: one.place?.name ?? "",
        stateText: one.stateText,
      })),
    });
  },

  methods: {
    signin() {
      go("/pages/signin/signin");
    },
  },
});
