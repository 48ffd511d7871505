import { go, page } from "../../lib/page";
import { documents, service, type types } from "../../lib/service";

page({
  data: { place: {} as types.StationDetailQuery["station"] },

  async load({ code = "" }) {
    const told = this.show(await service().ask(documents.StationDetail, { code }, { keep: true }));
    if (told) this.setData({ place: told.station });
  },

  methods: {
    ring() {
      wx.makePhoneCall({ phoneNumber: this.data.place.phone, fail: () => undefined });
    },
    way() {
      const { lat, lon, directions, name, address } = this.data.place;
      const latitude = directions?.lat ?? lat;
      const longitude = directions?.lon ?? lon;
      if (latitude !== null && longitude !== null) wx.openLocation({ latitude, longitude, name, address });
    },
    book() {
      go(`/pages/book/book?station=${this.data.place.code}`);
    },
  },
});
