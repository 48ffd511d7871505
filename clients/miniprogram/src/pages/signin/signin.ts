import { go, page, TABS, type Told } from "../../lib/page";
import { documents, type Fault, type Outcome, type Problem, service, type types } from "../../lib/service";

type Session = NonNullable<NonNullable<types.SignInMutation["signIn"]>["session"]>;

const NOT_NEEDED = {
  kind: "info",
  title: "不给手机号也可以",
  text: "了解、测算、找网点、看文章都不用登录。想申请时，可以改用短信验证码，或打 12348 请人帮您申请。",
};

/** What the person will find in their list of devices. */
function device(): string {
  const { brand, model } = wx.getDeviceInfo();
  return `${brand} ${model}`.slice(0, 40);
}

function wrongOf(problems: readonly Problem[]): Record<string, string> {
  return Object.fromEntries(problems.map((one) => [one.field ?? "", `${one.message}${one.remedy}`]));
}

page({
  data: {
    way: "wechat" as "wechat" | "code",
    ticket: "",
    phone: "",
    code: "",
    request: "",
    masked: "",
    wrong: {} as Record<string, string>,
    said: { kind: "info", title: "", text: "" },
  },

  methods: {
    typePhone(event: Told<{ readonly value: string }>) {
      this.setData({ phone: event.detail.value });
    },
    typeCode(event: Told<{ readonly value: string }>) {
      this.setData({ code: event.detail.value });
    },
    byCode() {
      this.setData({ way: "code", said: { kind: "info", title: "", text: "" } });
    },
    byWechat() {
      this.setData({ way: "wechat", wrong: {} });
    },
    anew() {
      this.setData({ request: "", code: "", wrong: {} });
    },
    /** Signs in whoever is known by WeChat already; of others the number is asked. */
    async wechat() {
      const { code } = await wx.login().catch(() => ({ code: "" }));
      const input = { code, device: device() };
      const outcome = await this.once(() => service().do(documents.SignInByWechat, { input }));
      if (!outcome) return;
      if (!outcome.ok) return this.instead(outcome.fault);
      if (outcome.data.unbound) this.setData({ ticket: outcome.data.unbound.ticket });
      await this.entered(outcome.data.session ?? null);
    },
    /** The number is given, or not: a no is answered with what goes without it, and is not asked again. */
    async phoneOfWechat(event: Told<{ readonly code?: string }>) {
      const phoneCode = event.detail.code;
      if (!phoneCode) return this.setData({ way: "code", said: NOT_NEEDED });
      const input = { ticket: this.data.ticket, phoneCode, device: device() };
      const outcome = await this.once(() => service().do(documents.BindPhone, { input }));
      if (outcome && !outcome.ok) return this.instead(outcome.fault);
      await this.entered(outcome?.data.session ?? null);
    },
    /** WeChat cannot now: the other way is opened, and why is said. */
    instead(fault: Fault) {
      this.setData({ way: "code", fault: null, said: { kind: "warning", title: fault.text, text: fault.remedy } });
    },
    async send() {
      const sent = await this.once(() => service().sendCode(this.data.phone));
      if (sent?.ok && sent.data.codeRequest) {
        const { request, maskedPhone } = sent.data.codeRequest;
        return this.setData({ request, masked: maskedPhone, wrong: {} });
      }
      this.refused(sent);
    },
    async signIn() {
      const { request, code, ticket } = this.data;
      const outcome: Outcome<{ readonly session?: Session | null }> | null = ticket
        ? await this.once(() => service().do(documents.BindPhone, { input: { ticket, request, code, device: device() } }))
        : await this.once(() => service().signIn(request, code, device()));
      if (outcome?.ok) return this.entered(outcome.data.session ?? null);
      this.refused(outcome);
    },
    refused(outcome: Outcome<unknown> | null) {
      if (!outcome || outcome.ok) return;
      const { fault } = outcome;
      this.setData({ wrong: wrongOf(fault.problems), fault: null });
      if (!fault.problems.length) this.setData({ said: { kind: "warning", title: fault.text, text: fault.remedy } });
    },
    /** In: back to where one was going. */
    async entered(session: Session | null): Promise<void> {
      if (!session) return;
      await service().signedIn(session);
      const next = this.query()["next"] ?? "";
      if (next && !TABS.includes(next)) return void wx.redirectTo({ url: next });
      if (next || getCurrentPages().length < 2) return go(next || "/pages/mine/mine");
      wx.navigateBack();
    },
    without() {
      if (getCurrentPages().length > 1) wx.navigateBack();
      else go("/pages/home/home");
    },
  },
});
