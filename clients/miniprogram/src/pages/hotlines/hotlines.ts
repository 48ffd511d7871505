import { page, type Told } from "../../lib/page";
import { documents, service, type types } from "../../lib/service";

page({
  data: { lines: [] as types.HotlineDirectoryQuery["hotlines"]["lines"], note: "" },

  async load() {
    const told = this.show(await service().ask(documents.HotlineDirectory, {}, { keep: true }))?.hotlines;
    if (told) this.setData({ lines: told.lines, note: told.note });
  },

  methods: {
    ring(event: Told<unknown, { readonly number: string }>) {
      const { number } = event.currentTarget.dataset;
      const line = this.data.lines.find((one) => one.number === number);
      if (line?.isText) wx.setClipboardData({ data: number });
      else wx.makePhoneCall({ phoneNumber: number, fail: () => undefined });
    },
  },
});
