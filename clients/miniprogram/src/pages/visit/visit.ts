import { askToTell, prepareToTell } from "../../lib/consent";
import { go, page, type Told } from "../../lib/page";
import { documents, isSignedIn, type Outcome, service, type types } from "../../lib/service";
import { day, hour, today, when } from "../../lib/words";

interface Choice {
  readonly code: string;
  readonly label: string;
  readonly on: boolean;
}

interface Day {
  readonly date: string;
  readonly title: string;
  readonly note: string;
  readonly windows: readonly { readonly startsAt: string; readonly text: string }[];
}

const DAYS = 14;
const NO_PLACE = "请选地区，选到乡镇或村最好。";

function toggled(choices: readonly Choice[], code: string): Choice[] {
  return choices.map((one) => (one.code === code ? { ...one, on: !one.on } : one));
}

function chosen(choices: readonly Choice[]): string[] {
  return choices.filter((one) => one.on).map((one) => one.code);
}

page({
  data: {
    reasons: [] as Choice[],
    relations: [] as { code: string; label: string }[],
    needs: [] as Choice[],
    relation: "SELF",
    visitee: "",
    visiteePhone: "",
    agreed: false,
    division: "",
    divisionName: "",
    address: "",
    accessNotes: "",
    woman: false,
    name: "",
    asked: false,
    days: [] as Day[],
    startsAt: "",
    picked: "",
    wrong: {} as Record<string, string>,
    booked: null as { title: string; text: string; reference: string } | null,
  },

  async load() {
    const told = this.show(await service().ask(documents.VisitForm, {}, { keep: true }));
    if (!told) return;
    void prepareToTell();
    const open = (all: readonly { readonly code: string; readonly label: string }[]) => all.map((one) => ({ ...one, on: false }));
    this.setData({
      reasons: open(told.visitChoices.reasons),
      relations: told.visitChoices.relations.filter((one) => one.code !== "STAFF"),
      needs: open(told.accessNeeds),
    });
  },

  methods: {
    why(event: Told<unknown, { readonly code: string }>) {
      this.setData({ reasons: toggled(this.data.reasons, event.currentTarget.dataset.code), asked: false });
    },
    need(event: Told<unknown, { readonly code: string }>) {
      this.setData({ needs: toggled(this.data.needs, event.currentTarget.dataset.code), asked: false });
    },
    whom(event: Told<unknown, { readonly code: string }>) {
      this.setData({ relation: event.currentTarget.dataset.code });
    },
    agree() {
      this.setData({ agreed: !this.data.agreed });
    },
    withWoman() {
      this.setData({ woman: !this.data.woman, asked: false });
    },
    pick(event: Told<{ readonly code: string; readonly name: string }>) {
      this.setData({ division: event.detail.code, divisionName: event.detail.name, asked: false, wrong: {} });
    },
    type(event: Told<{ readonly value: string }, { readonly name: string }>) {
      this.setData({ [event.currentTarget.dataset.name]: event.detail.value });
    },
    place(): types.VisitPlaceInput {
      return { division: this.data.division };
    },
    wishes(): types.VisitWishesInput {
      return { needs: chosen(this.data.needs) as types.AccessNeed[], woman: this.data.woman };
    },
    /** Says when somebody can come there, for what is needed. */
    async look() {
      if (!this.data.division) return this.setData({ wrong: { division: NO_PLACE } });
      const variables = { place: this.place(), wishes: this.wishes(), from: today(1), days: DAYS };
      const outcome = await this.once(() => service().ask(documents.VisitWindows, variables));
      if (!outcome?.ok) return;
      const days = outcome.data.visitWindows.days.filter((one) => one.windows.length).map((one) => ({
        date: one.date,
        title: day(one.date),
        note: one.note,
        windows: one.windows.map(({ startsAt, endsAt }) => ({ startsAt, text: `${hour(startsAt)}–${hour(endsAt)}` })),
      }));
      this.setData({ asked: true, days, startsAt: "" });
    },
    take(event: Told<unknown, { readonly at: string }>) {
      const startsAt = event.currentTarget.dataset.at;
      this.setData({ startsAt, picked: when(startsAt) });
    },
    /** What an order and a request have in common. */
    input(): types.AskHomeVisitInput {
      const { address, accessNotes, name, relation, visitee, visiteePhone, agreed, reasons } = this.data;
      return {
        address,
        accessNotes,
        name,
        place: this.place(),
        reasons: chosen(reasons) as types.VisitReason[],
        visitee: { relation: relation as types.VisitRelation, name: visitee, phone: visiteePhone, agreed },
        wishes: this.wishes(),
      };
    },
    async book() {
      if (!(await isSignedIn())) return go("/pages/signin/signin");
      await askToTell();
      const input = { ...this.input(), startsAt: this.data.startsAt };
      const made = await this.once(() => service().do(documents.BookHomeVisit, { input }));
      if (made?.ok && made.data.appointment) {
        const { startsAt, reference } = made.data.appointment;
        return this.done({ title: `${when(startsAt)}来`, text: "到之前会先联系您。", reference });
      }
      await this.refused(made);
    },
    async request() {
      if (!(await isSignedIn())) return go("/pages/signin/signin");
      const made = await this.once(() => service().do(documents.RequestHomeVisit, { input: this.input() }));
      if (made?.ok && made.data.request) {
        const { dueAt, reference } = made.data.request;
        return this.done({ title: "我们收到了", text: `${when(dueAt)}前给您回话：一个时间，或者别的办法。`, reference });
      }
      await this.refused(made);
    },
    async refused(made: Outcome<unknown> | null): Promise<void> {
      if (!made || made.ok || made.fault.kind !== "problems") return;
      this.setData({ wrong: Object.fromEntries(made.fault.problems.map((one) => [one.field ?? "", `${one.message}${one.remedy}`])) });
      wx.pageScrollTo?.({ scrollTop: 0, duration: 0 });
    },
    done(booked: { title: string; text: string; reference: string }): void {
      this.setData({ booked });
      wx.pageScrollTo?.({ scrollTop: 0, duration: 0 });
    },
    mine() {
      go("/pages/mine/mine");
    },
  },
});
