// One's own appointment: look, move, give back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ours, play, refused } from "./door.mjs";

const { pageOf } = ours("./lib/ways.js");
const LINK = "AbCdEfGhIjKlMnOpQrSt_-";
const HERE = `/pages/appointment/appointment?link=${LINK}`;
const SOON = "2026-11-23T09:30:00+08:00";
const LATER = "2026-11-24T15:00:00+08:00";
const PROBLEM = { code: "slot_taken", field: "startsAt", message: "这个时间刚刚约满了。", remedy: "请选另一个时间。" };

const service = { code: "IN_PERSON", label: "当面咨询", bring: ["身份证"], isRemote: false };
const place = { code: "0WS6-RZFP", name: "甲中心", address: "一路 1 号", phone: "12348" };
const booked = { reference: "YY-1", state: "BOOKED", stateText: "已预约", startsAt: SOON, endsAt: "2026-11-23T10:00:00+08:00", canChange: true, canCancel: true, service, place };
const CANCELLED = { ...booked, state: "CANCELLED", stateText: "已取消", canChange: false, canCancel: false };
const free = { freeTimes: { days: [{ date: "2026-11-24", note: "", slots: [{ startsAt: LATER, endsAt: LATER }] }], lastOn: "2026-11-25" } };

/** A door that knows one appointment, and changes it as it is told to. */
async function open(answers = {}, first = booked) {
  let now = first;
  const becomes = (next) => () => ((now = next), {});
  const played = await play({
    AppointmentByLink: () => ({ appointmentByLink: now }),
    FreeTimes: free,
    CancelAppointment: () => ({ cancelAppointment: { ...becomes(CANCELLED)(), appointment: { reference: "YY-1", state: "CANCELLED" }, problems: [] } }),
    ChangeAppointment: ({ input }) => ({ changeAppointment: { ...becomes({ ...booked, startsAt: input.startsAt })(), appointment: { reference: "YY-1" }, alternatives: null, problems: [] } }),
    ...answers,
  });
  await played.stage.open(HERE);
  return played;
}

test("is cancelled after a question, and says what comes next", async () => {
  const { stage, named, end } = await open();
  assert.match(stage.text, /11月23日（周一）9:30 已预约 当面咨询.*甲中心.*· 身份证/);

  await stage.tap("取消预约");
  assert.match(stage.text, /要取消这次预约吗？.*不用说明理由/);
  await stage.tap("不取消");
  assert.deepEqual(named("CancelAppointment"), []);
  await stage.tap("取消预约");
  await stage.tap("取消预约");

  assert.deepEqual(named("CancelAppointment")[0].variables.input, { link: LINK });
  assert.match(stage.text, /取消了 这个时间会让给别人。.*已取消/);
  assert.ok(!stage.has("改时间"));
  await stage.tap("重新约");
  assert.equal(stage.route, "pages/book/book");
  end();
});

test("is moved to a time that is free", async () => {
  const { stage, named, end } = await open();
  await stage.tap("改时间");
  assert.match(stage.text, /现在约的是11月23日（周一）9:30，甲中心/);
  await stage.tap("11月24日（周二）15:00");
  await stage.tap("改到11月24日（周二）15:00");

  const { station, service: kind, days } = named("FreeTimes")[0].variables;
  assert.deepEqual([station, kind, days], ["0WS6-RZFP", "IN_PERSON", 7]);
  assert.deepEqual(named("ChangeAppointment")[0].variables.input, { link: LINK, startsAt: LATER });
  assert.match(stage.text, /改到了11月24日（周二）15:00 原来的时间让给了别人。.*11月24日（周二）15:00 已预约/);
  end();
});

test("stays as it is where the time has just gone, and shows what is left", async () => {
  const { stage, named, end } = await open({ ChangeAppointment: { changeAppointment: { appointment: null, alternatives: [], problems: [PROBLEM] } } });
  await stage.tap("改时间");
  await stage.tap("11月24日（周二）15:00");
  await stage.tap("改到11月24日（周二）15:00");

  assert.match(stage.text, /没有改成，还是原来的时间 这个时间刚刚约满了。请选另一个时间。/);
  assert.equal(named("FreeTimes").length, 2);
  await stage.tap("不改了");
  assert.match(stage.text, /11月23日（周一）9:30 已预约/);
  end();
});

test("is said to be cancelled also where the line breaks before it can be read again", async () => {
  const { stage, answers, end } = await open();
  answers.AppointmentByLink = refused("现在打不开。");
  await stage.tap("取消预约");
  await stage.tap("取消预约");

  assert.match(stage.text, /取消了 这个时间会让给别人。/);
  assert.ok(!stage.has("已预约"));
  await stage.tap("去“我的”");
  assert.equal(stage.route, "pages/mine/mine");
  end();
});

test("of somebody who is visited is moved to another window", async () => {
  const windows = [{ startsAt: LATER, endsAt: "2026-11-24T17:00:00+08:00", reasons: [] }];
  const HomeVisitByLink = { homeVisitByLink: { appointment: booked }, otherVisitWindows: { days: [{ date: "2026-11-24", note: "", windows }], lastOn: "2026-11-25" } };
  const MoveHomeVisit = { changeHomeVisit: { appointment: { reference: "YY-1" }, alternatives: null, problems: [] } };
  const { stage, named, end } = await open({ HomeVisitByLink, MoveHomeVisit }, { ...booked, service: { ...service, code: "HOME_VISIT", label: "上门" } });
  assert.match(stage.text, /11月23日（周一）9:30–10:00/);
  await stage.tap("改时间");
  await stage.tap("11月24日（周二）15:00–17:00");
  await stage.tap("改到11月24日（周二）15:00");

  assert.deepEqual(named("MoveHomeVisit")[0].variables.input, { link: LINK, startsAt: LATER });
  assert.match(stage.text, /改到了11月24日（周二）15:00/);
  end();
});

test("is shown without a network as it was kept; nothing is said to be done that is not", async () => {
  const { stage, named, end } = await open();
  stage.telephone.network(false);
  stage.start();
  await stage.open(HERE);
  await stage.until(() => stage.has("保存的内容"));
  await stage.tap("取消预约");
  await stage.tap("取消预约");
  await stage.until(() => !stage.data.busy);

  assert.match(stage.text, /连不上网络.*要取消这次预约吗|要取消这次预约吗.*连不上网络/);
  assert.equal(stage.data.done, null);
  assert.deepEqual(named("CancelAppointment"), []);
  end();
});

test("that is over, or whose link is none, says what to do", async () => {
  const { stage, end } = await open({ AppointmentByLink: refused("没有找到这个预约。", "appointment_link_unknown", 404) });
  assert.match(stage.text, /没有找到这个预约。.*请这样做。/);
  end();
  const late = await open({}, { ...booked, canChange: false });
  assert.match(late.stage.text, /离开始太近，不能在这里改时间了。/);
  late.end();
});

test("is found in “我的” and by what messages lead to", async () => {
  const page = { hasNextPage: false, endCursor: null };
  const mine = [{ ...booked, link: LINK }, { ...CANCELLED, reference: "YY-2", link: "gone" }];
  const { stage, answers, end } = await play(
    {
      MyCases: { myApplications: { nodes: [], pageInfo: page }, myDrafts: [] },
      MyAppointments: { myAppointments: { nodes: mine, pageInfo: page } },
      AppointmentByLink: { appointmentByLink: booked },
    },
    { signedIn: true },
  );
  await stage.open("/pages/mine/mine");
  await stage.tap("11月23日（周一）9:30当面咨询，已预约，看、改时间或取消");
  assert.equal(stage.route, "pages/appointment/appointment");
  assert.match(stage.text, /改时间/);

  answers.MyAppointments = refused("预约打不开。", "closed");
  await stage.open("/pages/mine/mine");
  assert.match(stage.text, /预约暂时看不到：预约打不开。 请这样做。/);
  assert.equal(pageOf(`/visits/of/${LINK}`), HERE);
  assert.equal(pageOf(`/home-visits/of/${LINK}`), HERE);
  assert.equal(pageOf("/home-visits"), "/pages/visit/visit");
  end();
});
