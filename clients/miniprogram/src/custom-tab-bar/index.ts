import { frame, listen } from "../lib/modes";
import type { Told } from "../lib/page";

const TABS = [
  { name: "home", text: "首页" },
  { name: "learn", text: "学法" },
  { name: "nearby", text: "附近" },
  { name: "messages", text: "消息" },
  { name: "mine", text: "我的" },
];

Component({
  properties: { chosen: { type: String, value: "home" } },
  data: { tabs: TABS, frame: frame(), unread: 0 },
  lifetimes: {
    attached() {
      const stop = listen(() => this.setData({ frame: frame() }));
      Object.assign(this, { stop });
      this.setData({ frame: frame() });
    },
    detached() {
      (this as unknown as { stop?: () => void }).stop?.();
    },
  },
  methods: {
    open(event: Told<unknown, { readonly name: string }>) {
      const { name } = event.currentTarget.dataset;
      wx.switchTab({ url: `/pages/${name}/${name}` });
    },
  },
});
