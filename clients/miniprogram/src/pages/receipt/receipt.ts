import { goOn, page } from "../../lib/page";

page({
  data: { reference: "" },

  load({ reference = "" }) {
    this.setData({ reference });
  },

  methods: {
    progress() {
      goOn(`/pages/case/case?reference=${this.data.reference}`);
    },
    copy() {
      wx.setClipboardData({ data: this.data.reference });
    },
  },
});
