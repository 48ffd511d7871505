import { when } from "../../lib/words";

Component({
  options: { multipleSlots: false },
  properties: {
    frame: { type: Object, value: {} },
    state: { type: String, value: "ready" },
    fault: { type: Object, optionalTypes: [null as never], value: null as never },
    keptAt: { type: Number, value: 0 },
    heading: { type: String, value: "" },
    lead: { type: String, value: "" },
    tab: { type: Boolean, value: false },
    discreet: { type: Boolean, value: false },
  },
  data: { kept: "" },
  observers: {
    keptAt(at: number) {
      this.setData({ kept: at ? when(at) : "" });
    },
  },
  methods: {
    again() {
      this.triggerEvent("again");
    },
    signin() {
      wx.navigateTo({ url: "/pages/signin/signin" });
    },
    ring() {
      wx.makePhoneCall({ phoneNumber: "12348", fail: () => undefined });
    },
    /** Away at once: nothing of the page is left to go back to. */
    leave() {
      wx.reLaunch({ url: "/pages/learn/learn" });
      wx.exitMiniProgram?.({});
    },
  },
});
