import { page, type Told } from "../../lib/page";
import { documents, type Outcome, service, type types } from "../../lib/service";

type Found = types.NearbyQuery["nearbyStations"];
type Need = types.StationNeed;

const AT_ONCE = 10;
const WISHES: readonly { readonly code: Need; readonly label: string; readonly on: boolean }[] = [
  { code: "OPEN_NOW", label: "现在开门", on: false },
  { code: "WHEELCHAIR_RAMP", label: "有坡道", on: false },
  { code: "SIGN_LANGUAGE", label: "手语", on: false },
  { code: "OPEN_THIS_WEEKEND", label: "周末开门", on: false },
  { code: "APPLICATIONS", label: "能交申请", on: false },
];

function shown({ distanceText, walkMinutes, station }: Found["nodes"][number]) {
  const near = walkMinutes > 0 && walkMinutes <= 60 ? `，走路约 ${walkMinutes} 分钟` : "";
  return {
    code: station.code,
    name: station.name,
    address: station.address,
    isOpen: station.opening?.isOpen ?? false,
    sentence: station.opening?.sentence ?? "时间请打电话问",
    far: distanceText ? `${distanceText}${near}` : "",
    has: station.accessibility.filter((one) => one.isThere).map((one) => one.label).join("、"),
    note: station.isDemo ? (station.demoNote ?? "") : "",
  };
}

interface Asked {
  readonly region: string;
  readonly position: types.PositionInput | null;
  readonly wishes: typeof WISHES;
}

function ask({ region, position, wishes }: Asked, after: string | null): Promise<Outcome<types.NearbyQuery>> {
  const needs = wishes.filter((one) => one.on).map((one) => one.code);
  const where = position ? { position, region: null } : { position: null, region };
  return service().ask(documents.Nearby, { ...where, needs, first: AT_ONCE, after }, { keep: true });
}

/** What to show of an answer, after what is shown already. */
function added(found: Found, before: readonly ReturnType<typeof shown>[]) {
  const from = `从${found.origin.name}${found.origin.isApproximate ? "（大概位置）" : ""}算起，共 ${found.totalCount} 处`;
  return {
    places: [...before, ...found.nodes.map(shown)],
    after: found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null,
    origin: found.origin.name ? from : "",
    relaxed: found.relaxed.map((one) => one.label).join("、"),
    asked: true,
  };
}

page({
  tab: "nearby",
  data: {
    region: "",
    regionName: "",
    position: null as types.PositionInput | null,
    wishes: [...WISHES],
    places: [] as ReturnType<typeof shown>[],
    origin: "",
    relaxed: "",
    after: null as string | null,
    asked: false,
    refused: false,
  },

  async load() {
    if (!this.data.region && !this.data.position) return this.setData({ state: "ready" });
    const told = this.show(await ask(this.data, null));
    if (told) this.setData(added(told.nearbyStations, []));
  },

  methods: {
    /** Asks for the place one is at, when it is wanted and not before. A no is taken as it is. */
    async here() {
      const found = await wx.getLocation({ type: "gcj02" }).catch(() => null);
      if (!found) return this.setData({ refused: true });
      this.setData({ position: { lat: found.latitude, lon: found.longitude, datum: "GCJ02" }, refused: false, regionName: "" });
      await this.again();
    },
    async pick(event: Told<{ readonly code: string; readonly name: string }>) {
      this.setData({ region: event.detail.code, regionName: event.detail.name, position: null });
      await this.again();
    },
    async want(event: Told<unknown, { readonly code: string }>) {
      const { code } = event.currentTarget.dataset;
      this.setData({ wishes: this.data.wishes.map((one) => (one.code === code ? { ...one, on: !one.on } : one)) });
      await this.again();
    },
    async more() {
      const told = await this.once(() => ask(this.data, this.data.after));
      if (told?.ok) this.setData(added(told.data.nearbyStations, this.data.places));
    },
  },
});
