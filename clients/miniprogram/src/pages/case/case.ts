import { page, type Told } from "../../lib/page";
import { documents, photograph, service, type types } from "../../lib/service";
import { day, when } from "../../lib/words";

type File = types.CaseProgressQuery["caseFile"];

page({
  fresh: true,
  data: { file: {} as File, timeline: [] as (File["timeline"][number] & { readonly moment: string })[], due: "", received: "" },

  async load({ reference = "" }) {
    const file = this.show(await service().ask(documents.CaseProgress, { reference }, { keep: true }))?.caseFile;
    if (!file) return;
    const moment = ({ at, due }: File["timeline"][number]) => (at ? when(at) : due ? `最晚${day(due)}` : "");
    this.setData({
      file,
      timeline: file.timeline.map((one) => ({ ...one, moment: moment(one) })),
      due: file.openNotice ? day(file.openNotice.dueOn) : "",
      received: day(file.receivedAt),
    });
  },

  methods: {
    /** Photographs what was asked for, and hands it in. */
    async supply(event: Told<unknown, { readonly item: string }>) {
      const chosen = await wx.chooseMedia({ count: 1, mediaType: ["image"], sizeType: ["compressed"] }).catch(() => null);
      const file = chosen?.tempFiles[0];
      if (!file) return;
      const sent = await this.once(() => service().uploads.send(photograph(file.tempFilePath, file.size)));
      if (!sent?.ok) return;
      const { item } = event.currentTarget.dataset;
      const input = { reference: this.data.file.reference, item, token: sent.data.token };
      if ((await this.once(() => service().do(documents.SupplyPaper, { input })))?.ok) await this.again();
    },
  },
});
