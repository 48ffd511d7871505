import { askToTell, prepareToTell } from "../../lib/consent";
import { go, page, type Told } from "../../lib/page";
import { documents, isSignedIn, service, type types } from "../../lib/service";
import { DAYS, type Day, later, openDays } from "../../lib/times";
import { hour, today, when } from "../../lib/words";

type Kind = types.AppointmentServiceKind;
type Menu = types.ServiceMenuQuery["appointmentServices"];

page({
  data: {
    place: "",
    services: [] as Menu,
    chosen: "" as Kind | "",
    days: [] as Day[],
    open: null as Day | null,
    from: "",
    startsAt: "",
    picked: "",
    name: "",
    others: [] as string[],
    wrong: {} as Record<string, string>,
    booked: null as { reference: string; moment: string; label: string; place: string; bring: readonly string[] } | null,
  },

  async load({ station = "" }) {
    const [menu, found] = await Promise.all([
      service().ask(documents.ServiceMenu, { station }, { keep: true }),
      service().ask(documents.StationDetail, { code: station }, { keep: true }),
    ]);
    const told = this.show(menu);
    if (!told) return;
    const services = told.appointmentServices.filter((one) => one.isBookable && one.code !== "HOME_VISIT");
    void prepareToTell();
    this.setData({ services, place: found.ok ? found.data.station.name : "" });
  },

  methods: {
    async choose(event: Told<unknown, { readonly code: Kind }>) {
      this.setData({ chosen: event.currentTarget.dataset.code, days: [], open: null, startsAt: "", others: [] });
      await this.free(today());
    },
    async later() {
      await this.free(this.data.from);
    },
    /** Shows the free times from a day on, added to those that are shown. */
    async free(from: string): Promise<void> {
      const { chosen } = this.data;
      if (!chosen) return;
      const variables = { station: this.query()["station"] ?? "", service: chosen, from, days: DAYS };
      const outcome = await this.once(() => service().ask(documents.FreeTimes, variables));
      if (!outcome?.ok) return;
      const { days, lastOn } = outcome.data.freeTimes;
      const open = openDays(days.map((one) => ({ ...one, slots: one.slots.map(({ startsAt }) => ({ startsAt, text: hour(startsAt) })) })));
      this.setData({ days: [...this.data.days, ...open], open: this.data.open ?? open[0] ?? null, from: later(from, lastOn) });
    },
    unfold(event: Told<unknown, { readonly index: number }>) {
      this.setData({ open: this.data.days[event.currentTarget.dataset.index] ?? null, startsAt: "" });
    },
    take(event: Told<unknown, { readonly at: string }>) {
      const startsAt = event.currentTarget.dataset.at;
      this.setData({ startsAt, picked: when(startsAt) });
    },
    type(event: Told<{ readonly value: string }>) {
      this.setData({ name: event.detail.value });
    },
    /** Books. Who has not signed in is asked to, and finds everything as it was. */
    async book() {
      const { startsAt, chosen, name } = this.data;
      if (!chosen) return;
      if (!(await isSignedIn())) return go("/pages/signin/signin");
      await askToTell();
      const input = { station: this.query()["station"] ?? "", service: chosen, startsAt, name };
      const made = await this.once(() => service().do(documents.BookAppointment, { input }));
      if (!made) return;
      if (made.ok && made.data.appointment) return this.done(made.data.appointment);
      if (made.ok || made.fault.kind !== "problems") return;
      this.setData({ wrong: Object.fromEntries(made.fault.problems.map((one) => [one.field ?? "", `${one.message}${one.remedy}`])) });
      const others = (made.data?.alternatives ?? []).map((one) => one.startsAt);
      if (!others.length) return;
      this.setData({ others, days: [], open: null, startsAt: "" });
      await this.free(today());
    },
    done(made: NonNullable<NonNullable<types.BookAppointmentMutation["bookAppointment"]>["appointment"]>): void {
      const { reference, startsAt, service: kind, place } = made;
      this.setData({ booked: { reference, moment: when(startsAt), label: kind.label, place: place?.name ?? "", bring: kind.bring } });
      wx.pageScrollTo?.({ scrollTop: 0, duration: 0 });
    },
    mine() {
      go("/pages/mine/mine");
    },
  },
});
