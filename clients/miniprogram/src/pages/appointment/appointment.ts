import { go, page, type Told } from "../../lib/page";
import { documents, type Outcome, service, type types } from "../../lib/service";
import { DAYS, type Day, later, openDays } from "../../lib/times";
import { hour, today, when } from "../../lib/words";

type Appointment = types.AppointmentByLinkQuery["appointmentByLink"];
type Free = Outcome<{ readonly lastOn: string; readonly days: Day[] }>;

/** The start of an hour where somebody goes, or is rung; from when until when where somebody comes. */
function moment({ startsAt, endsAt, service: { code } }: Appointment): string {
  return code === "HOME_VISIT" ? `${when(startsAt)}–${hour(endsAt)}` : when(startsAt);
}

/** What is free for the same service at the same place; for a visit, the windows in which somebody can come. */
async function freeTimes(link: string, { place, service: { code } }: Appointment, from: string): Promise<Free> {
  if (code !== "HOME_VISIT") {
    const found = await service().ask(documents.FreeTimes, { station: place.code, service: code, from, days: DAYS });
    if (!found.ok) return { ...found, data: null };
    const slots = (all: readonly { readonly startsAt: string }[]) => all.map(({ startsAt }) => ({ startsAt, text: hour(startsAt) }));
    const { days, lastOn } = found.data.freeTimes;
    return { ...found, data: { lastOn, days: openDays(days.map((one) => ({ ...one, slots: slots(one.slots) }))) } };
  }
  const found = await service().ask(documents.HomeVisitByLink, { link, from, days: DAYS });
  if (!found.ok) return { ...found, data: null };
  const { days, lastOn } = found.data.otherVisitWindows;
  const text = (one: { readonly startsAt: string; readonly endsAt: string }) => `${hour(one.startsAt)}–${hour(one.endsAt)}`;
  const open = days.map(({ date, note, windows }) => ({ date, note, slots: windows.map((one) => ({ startsAt: one.startsAt, text: text(one) })) }));
  return { ...found, data: { lastOn, days: openDays(open) } };
}

/** One appointment, by its link: look, move, give back (FEATURES B16). */
page({
  data: {
    appointment: null as Appointment | null,
    moment: "",
    step: "" as "" | "change" | "cancel",
    days: [] as Day[],
    open: null as Day | null,
    from: "",
    startsAt: "",
    picked: "",
    wrong: "",
    done: null as { readonly title: string; readonly text: string } | null,
  },

  async load({ link = "" }) {
    const told = this.show(await service().ask(documents.AppointmentByLink, { link }, { keep: true }));
    if (told) this.setData({ appointment: told.appointmentByLink, moment: moment(told.appointmentByLink) });
  },

  methods: {
    link(): string {
      return this.query()["link"] ?? "";
    },
    /** Asks before the time is given away. */
    leave() {
      this.turn("cancel");
    },
    back() {
      this.turn("");
    },
    turn(step: "" | "change" | "cancel"): void {
      this.setData({ step, days: [], open: null, from: "", startsAt: "", wrong: "", fault: null });
      wx.pageScrollTo?.({ scrollTop: 0, duration: 0 });
    },
    async move() {
      this.turn("change");
      await this.free(today());
    },
    async later() {
      await this.free(this.data.from);
    },
    /** Shows the free times from a day on, added to those that are shown. */
    async free(from: string): Promise<void> {
      const { appointment } = this.data;
      if (!appointment) return;
      this.setData({ from });
      const found = await this.once(() => freeTimes(this.link(), appointment, from));
      if (!found?.ok) return;
      const days = [...this.data.days, ...found.data.days];
      this.setData({ days, open: this.data.open ?? days[0] ?? null, from: later(from, found.data.lastOn) });
    },
    unfold(event: Told<unknown, { readonly index: number }>) {
      this.setData({ open: this.data.days[event.currentTarget.dataset.index] ?? null, startsAt: "" });
    },
    take(event: Told<unknown, { readonly at: string }>) {
      const startsAt = event.currentTarget.dataset.at;
      this.setData({ startsAt, picked: when(startsAt) });
    },
    /** Moves it. A time that has just gone is said so, with those that are left. */
    async change() {
      const input = { link: this.link(), startsAt: this.data.startsAt };
      const isVisit = this.data.appointment?.service.code === "HOME_VISIT";
      const made = await this.once<unknown>(() =>
        isVisit ? service().do(documents.MoveHomeVisit, { input }) : service().do(documents.ChangeAppointment, { input }),
      );
      if (!made) return;
      if (made.ok) return this.finish(`改到了${this.data.picked}`, "原来的时间让给了别人。请记下新的时间；再有变化，还在这里改。");
      wx.pageScrollTo?.({ scrollTop: 0, duration: 0 });
      if (made.fault.kind !== "problems") return;
      const wrong = made.fault.problems.map((one) => `${one.message}${one.remedy}`).join("");
      this.setData({ days: [], open: null, startsAt: "" });
      await this.free(today());
      this.setData({ wrong, fault: null });
    },
    async cancel() {
      const made = await this.once(() => service().do(documents.CancelAppointment, { input: { link: this.link() } }));
      if (made?.ok) await this.finish("取消了", "这个时间会让给别人。随时可以再约；着急的事，打 12348。");
      else wx.pageScrollTo?.({ scrollTop: 0, duration: 0 });
    },
    /** Says what is so now, also where the line breaks before it can be read again. */
    async finish(title: string, text: string): Promise<void> {
      this.turn("");
      this.setData({ appointment: null, done: { title, text } });
      const outcome = await service().ask(documents.AppointmentByLink, { link: this.link() });
      if (!outcome.ok) return;
      const appointment = outcome.data.appointmentByLink;
      this.setData({ appointment, moment: moment(appointment), keptAt: 0 });
    },
    anew() {
      const { appointment } = this.data;
      if (appointment?.service.code === "HOME_VISIT") return go("/pages/visit/visit");
      go(`/pages/book/book?station=${appointment?.place.code ?? ""}`);
    },
    mine() {
      go("/pages/mine/mine");
    },
  },
});
