// What pages do with what the service says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { play } from "./door.mjs";

const PLACE = { address: "", phone: "", accessibility: [], isDemo: false, opening: { isOpen: true, sentence: "现在开着" } };
const NO_MORE = { hasNextPage: false, endCursor: null };

function nearby(names) {
  const nodes = names.map((name) => ({ distanceText: "440 米", walkMinutes: 9, station: { ...PLACE, code: name, name } }));
  const origin = { name: "您的位置", isApproximate: true, isOutsideProvince: false, competent: null };
  return { nearbyStations: { nodes, pageInfo: NO_MORE, totalCount: names.length, relaxed: [{ label: "手语" }], origin, note: "", facets: [] } };
}

test("asks where one is when it is wanted, in the frame of WeChat, and takes a no", async () => {
  const { stage, named, end } = await play({ Nearby: nearby(["甲中心"]) });
  await stage.open("/pages/nearby/nearby");
  await stage.tap("用我的位置找");
  assert.match(stage.text, /没有用您的位置 也可以按地区找/);
  assert.deepEqual(named("Nearby"), []);

  stage.telephone.set.location = { latitude: 27.8, longitude: 113.1 };
  await stage.tap("用我的位置找");
  await stage.tap("有坡道");

  assert.deepEqual(named("Nearby")[0].variables.position, { lat: 27.8, lon: 113.1, datum: "GCJ02" });
  assert.deepEqual(named("Nearby")[1].variables.needs, ["WHEELCHAIR_RAMP"]);
  assert.match(stage.text, /甲中心.*现在开着.*440 米，走路约 9 分钟/);
  assert.match(stage.text, /没有全都符合的 下面这些只差：手语/);
  end();
});

test("finds a region by its name, or from one level to the next", async () => {
  const divisionSearch = [{ code: "430211", name: "天元区", fullName: "湖南省株洲市天元区", level: 3, status: "active", path: [] }];
  const below = ({ parent }) => ({ divisions: { nodes: [{ code: `${parent}01`, name: `${parent}的下级`, level: 2 }], pageInfo: NO_MORE } });
  const { stage, named, end } = await play({ Nearby: nearby([]), Divisions: below, DivisionSearch: { divisionSearch } });
  await stage.open("/pages/nearby/nearby");

  await stage.tap("按地区找，还没有选");
  await stage.tap("43的下级");
  await stage.tap("就选43的下级");
  await stage.tap("按地区找，43的下级");
  await stage.type("搜县、乡镇、村名", "天元");
  await stage.tap("湖南省株洲市天元区");

  assert.deepEqual(named("Nearby").map((one) => one.variables.region), ["4301", "430211"]);
  assert.match(stage.text, /这里没有找到服务点/);
  end();
});

test("shows each card of the first page that can be had, and says what cannot", async () => {
  const trouble = { code: "unavailable", text: "预约暂时看不到。", remedy: "请稍后再看。", retryable: true, reference: null };
  const home = {
    isSignedIn: true,
    cases: { trouble: null, cases: [{ reference: "FY-1", state: "x", stateText: "等您补材料", isYourTurn: true, receivedAt: "" }], hasMore: false, drafts: [] },
    appointment: { trouble },
    place: null,
    pages: { trouble: null, pages: [{ slug: "a", title: "讨薪", kindName: "问答", minutes: 1 }] },
    bulletins: { trouble: null, bulletins: [] },
  };
  const { stage, end } = await play({ Home: { home } });

  await stage.open("/pages/home/home");

  assert.match(stage.text, /等您补材料.*轮到您了/);
  assert.match(stage.text, /预约暂时看不到。请稍后再看。/);
  assert.match(stage.text, /讨薪/);
  assert.match(stage.text, /我能申请吗/);
  end();
});

test("carries what was answered into the application, also by way of signing in", async () => {
  const question = { name: "area", title: "哪方面的事？", help: "", kind: "RADIO", required: true, unit: "", maxLength: null };
  const options = [{ value: "WORK", label: "工作", hint: "" }];
  const judgement = { verdict: "LIKELY", headline: "很可能可以", urgent: false, explanation: [], nextSteps: [], whatWouldChange: [] };
  const preCheck = ({ answers }) =>
    ({ preCheck: answers.length ? { nextQuestion: null, answered: [], judgement, problems: [] } : { nextQuestion: { ...question, options }, judgement: null, answered: [], problems: [] } });
  const kept = { savePreCheck: { savedPreCheck: { code: "K-1", expiresAt: "" }, problems: [] } };
  const { stage, named, end } = await play({ EligibilityCheck: preCheck, KeepEligibilityCheck: kept });
  await stage.open("/pages/check/check");
  await stage.tap("下一个");
  assert.match(stage.text, /✕ 请先选一个/);

  await stage.tap("工作");
  await stage.tap("下一个");
  await stage.tap("带着这些答案去申请");

  assert.deepEqual(named("KeepEligibilityCheck")[0].variables.input.answers, [{ field: "area", values: ["WORK"] }]);
  assert.equal(stage.route, "pages/signin/signin");
  assert.equal(stage.top.comp.instance.query().next, "/pages/apply/apply?code=K-1");
  end();
});

test("asks whether it may tell by WeChat in the tap it is about, says what will come, and takes a no for good", async () => {
  const draft = { id: "d", version: 1, savedAt: "", discreet: false, isHandedIn: false, summary: [], evidence: [], judgement: { urgent: false, urgentReason: "" }, pledge: null };
  const offers = [{ name: "news", templateId: "tmpl", title: "进展", shown: "您的申请有进展", leftOver: 0 }];
  const open = { submitApplication: { application: null, problems: [{ code: "open", field: null, message: "还有没填完的。", remedy: "请填完。" }] } };
  const answers = { DraftCheck: { draft }, SubscriptionOffers: { subscriptionOffers: offers }, HandIn: open };
  const { stage, named, end } = await play({ ...answers, SubscribeConsent: { subscribeConsent: { offers, problems: [] } } }, { signedIn: true });
  stage.telephone.set.consent = () => ({ tmpl: "reject" });
  await stage.open("/pages/review/review?id=d");
  assert.match(stage.text, /微信会问您要不要收通知.*您的申请有进展/);

  await stage.tap("交上去");
  await stage.open("/pages/review/review?id=d");
  await stage.tap("交上去");

  assert.deepEqual(stage.telephone.seen.consents, [["tmpl"]]);
  assert.deepEqual(named("SubscribeConsent")[0].variables.input.results, [{ name: "news", result: "REJECT" }]);
  assert.match(stage.text, /还有没填完的。 请填完。/);
  end();
});
