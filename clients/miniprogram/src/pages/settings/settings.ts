import { wish, wishes, type Wishes } from "../../lib/modes";
import { page, type Told } from "../../lib/page";
import { documents, isSignedIn, service } from "../../lib/service";
import { when } from "../../lib/words";

page({
  data: {
    choices: [
      { value: "auto", label: "跟着微信的字号" },
      { value: "on", label: "一直用长辈版" },
      { value: "off", label: "不用长辈版" },
    ],
    elder: wishes().elder,
    isIn: false,
    devices: [] as { id: string; label: string; isCurrent: boolean; used: string }[],
  },

  async load() {
    this.setData({ elder: wishes().elder, isIn: await isSignedIn() });
    if (!this.data.isIn) return this.setData({ state: "ready" });
    const outcome = await service().ask(documents.Me, {});
    const found = outcome.ok ? (outcome.data.me?.devices ?? []) : [];
    this.setData({ devices: found.map(({ id, label, isCurrent, lastUsedAt }) => ({ id, label, isCurrent, used: when(lastUsedAt) })) });
  },

  methods: {
    choose(event: Told<unknown, { readonly value: Wishes["elder"] }>) {
      wish({ elder: event.currentTarget.dataset.value });
      this.setData({ elder: wishes().elder });
    },
    discreet() {
      wish({ discreet: !wishes().discreet });
      wx.setVisualEffectOnCapture?.({ visualEffect: wishes().discreet ? "hidden" : "none" });
    },
    async end(event: Told<unknown, { readonly id: string }>) {
      const { id } = event.currentTarget.dataset;
      if ((await this.once(() => service().do(documents.EndDevice, { input: { device: id } })))?.ok) await this.again();
    },
    /** Out: what waits on this device goes with it, so it is said before. */
    async leave() {
      const waiting = (await service().queue.all()).length + (await service().uploads.pending()).length;
      const content = waiting ? `还有 ${waiting} 项没有交上去，退出就没有了。` : "交过的内容都在，下次登录还能看到。";
      const sure = await wx.showModal({ title: "退出登录？", content, confirmText: "退出" });
      if (!sure.confirm) return;
      await this.once(() => service().signOut());
      wx.reLaunch({ url: "/pages/home/home" });
    },
  },
});
