import { goOn, page } from "../../lib/page";
import { address } from "../../lib/place";
import { documents, service } from "../../lib/service";
import { pageOf } from "../../lib/ways";

/** Where a code on paper leads: WeChat opens this page with what the code carries. */
page({
  data: { link: "", isCopied: false },

  async load({ scene = "" }) {
    const told = this.show(await service().ask(documents.SceneTarget, { scene }));
    if (!told) return;
    const here = pageOf(told.scene.path);
    if (here) return goOn(here);
    this.setData({ link: address().replace(/\/+$/, "") + told.scene.path });
  },

  methods: {
    /** What has no page here is opened in a browser. */
    async copy(): Promise<void> {
      await wx.setClipboardData({ data: this.data.link });
      this.setData({ isCopied: true });
    },
  },
});
