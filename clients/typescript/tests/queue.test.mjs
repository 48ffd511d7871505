import assert from "node:assert/strict";
import { test } from "node:test";
import { documents, lost, on, problem, refusal, said, service, tokens } from "./around.mjs";

const { SaveDraftStep, RateAppointment } = documents;
const saved = (version, conflicts = []) => said({ saveStep: { draft: { id: "d", version }, conflicts, problems: [] } });
const wish = (label, lane = "draft:d") => ({ lane, label });
const step = (name, baseVersion = 1) => ({ input: { draftId: "d", step: name, baseVersion, answers: [] } });
const steps = ({ seen }) => seen.map(({ body }) => body.variables.input.step ?? body.variables.input.link);
const FORWARD = {
  next: ({ draft }, { input }) => ({ input: { ...input, baseVersion: draft.version } }),
};

async function offline(device) {
  const here = service(lost);
  const made = on(here, device, { tries: 1 });
  await made.rufa.signedIn(tokens());
  return { ...made, here };
}

async function settled(rufa) {
  await rufa.queue.flush();
  return rufa.queue.all();
}

test("what is done offline is done in its order when the line is back, each once", async () => {
  const { rufa, here } = await offline();
  for (const name of ["who", "what", "money"]) await rufa.queue.add(SaveDraftStep, step(name), wish(name));
  assert.deepEqual((await settled(rufa)).map(({ label, state }) => [label, state]), [["who", "waiting"], ["what", "waiting"], ["money", "waiting"]]);

  here.seen.length = 0;
  here.say(saved(2));
  assert.deepEqual(await settled(rufa), []);
  assert.deepEqual(steps(here), ["who", "what", "money"]);
});

test("outlives a restart with order and keys", async () => {
  const { rufa, here, device } = await offline();
  for (let at = 0; at < 12; at++) await rufa.queue.add(SaveDraftStep, step(`s${at}`), wish(`s${at}`));
  await settled(rufa);
  const keys = new Set(here.seen.filter(({ name }) => name === "SaveDraftStep").map(({ body }) => body.variables.idempotencyKey));

  here.seen.length = 0;
  here.say(saved(2));
  const { rufa: restarted } = on(here, device);
  await restarted.start();
  assert.deepEqual(steps(here), Array.from({ length: 12 }, (_, at) => `s${at}`));
  assert.ok([...keys].every((key) => key === here.seen[0].body.variables.idempotencyKey), "the first one keeps its key");
  assert.equal(new Set(here.seen.map(({ body }) => body.variables.idempotencyKey)).size, 12);
  await restarted.queue.add(SaveDraftStep, step("later"), wish("later"));
  assert.deepEqual(await settled(restarted), []);
});

test("the next one goes by the version that came", async () => {
  const { rufa, here } = await offline();
  rufa.queue.know(SaveDraftStep, FORWARD);
  for (const name of ["who", "what"]) await rufa.queue.add(SaveDraftStep, step(name, 4), wish(name));
  await settled(rufa);
  here.seen.length = 0;
  here.say(saved(5), saved(6));
  await settled(rufa);

  assert.deepEqual(here.seen.map(({ body }) => body.variables.input.baseVersion), [4, 5]);
});

test("what was merged with somebody else's stays to be looked at, and holds nothing up", async () => {
  const { rufa, here } = await offline();
  await rufa.queue.add(SaveDraftStep, step("who"), wish("谁来办"));
  await rufa.queue.add(SaveDraftStep, step("what"), wish("什么事"));
  await settled(rufa);
  here.say(saved(5, ["phone"]), saved(6));
  const [merged, ...rest] = await settled(rufa);

  assert.deepEqual([merged.label, merged.state, merged.data.conflicts], ["谁来办", "merged", ["phone"]]);
  assert.deepEqual(rest, []);
  await rufa.queue.drop(merged.id);
  assert.deepEqual(await settled(rufa), []);
});

test("what is refused holds up its lane only, until it is put right or dropped", async () => {
  const { rufa, here } = await offline();
  await rufa.queue.add(SaveDraftStep, step("bad"), wish("bad"));
  await rufa.queue.add(SaveDraftStep, step("after"), wish("after"));
  await rufa.queue.add(RateAppointment, { input: { link: "visit", score: 5 } }, wish("评价", "visit"));
  await settled(rufa);
  here.seen.length = 0;
  const refused = said({ saveStep: { draft: null, conflicts: [], problems: [problem("phone_not_mobile")] } });
  here.say(({ body }) => (body.variables.input.step === "bad" ? refused : body.variables.input.link ? said({ rateAppointment: { problems: [] } }) : saved(2)));
  const left = await settled(rufa);
  assert.deepEqual(left.map(({ label, state }) => [label, state]), [["bad", "stuck"], ["after", "waiting"]]);
  assert.equal(left[0].fault.problems[0].code, "phone_not_mobile");
  assert.deepEqual(steps(here), ["bad", "visit"]);

  here.seen.length = 0;
  await rufa.queue.amend(left[0].id, step("good"));
  assert.deepEqual(await settled(rufa), []);
  assert.deepEqual(steps(here), ["good", "after"]);
  await rufa.queue.amend("nothing", step("good"));
});

test("one that is dropped lets the next one pass", async () => {
  const { rufa, here } = await offline();
  await rufa.queue.add(SaveDraftStep, step("bad"), wish("bad"));
  await rufa.queue.add(SaveDraftStep, step("after"), wish("after"));
  await settled(rufa);
  here.say(refusal(404, "not_found"), saved(2));
  const [bad] = await settled(rufa);
  assert.equal(bad.fault.kind, "refused");
  await rufa.queue.drop(bad.id);

  assert.deepEqual(await settled(rufa), []);
});

test("nothing is tried in vain while nothing gets through", async () => {
  const { rufa, here } = await offline();
  for (const lane of ["a", "b", "c"]) await rufa.queue.add(SaveDraftStep, step(lane), wish(lane, lane));
  await settled(rufa);
  here.seen.length = 0;
  await settled(rufa);

  assert.deepEqual(steps(here), ["a"]);
});

test("what waits is one person's, and goes out only while they are signed in", async () => {
  const { rufa, here } = await offline();
  await rufa.queue.add(SaveDraftStep, step("mine"), wish("mine"));
  await settled(rufa);
  await rufa.session.end("ended");
  here.say(saved(2));
  here.seen.length = 0;
  await rufa.signedIn(tokens("person-two"));
  assert.deepEqual(await settled(rufa), []);
  assert.deepEqual(here.seen, []);

  await rufa.session.end("signed_out");
  await rufa.signedIn(tokens("person-one", 3));
  assert.deepEqual(await settled(rufa), []);
  assert.deepEqual(steps(here), ["mine"]);
});

test("tells who listens what waits", async () => {
  const { rufa } = await offline();
  const told = [];
  const stop = rufa.queue.listen((all) => told.push(all.length));
  await rufa.queue.add(SaveDraftStep, step("who"), wish("who"));
  await rufa.queue.forget("person-one");
  stop();
  await rufa.queue.add(SaveDraftStep, step("who"), wish("who"));

  assert.deepEqual(told, [1, 0]);
});

test("what is put on the queue while it is worked off is done as well", async () => {
  const { rufa, here } = await offline();
  await rufa.queue.add(SaveDraftStep, step("first"), wish("first"));
  await settled(rufa);
  here.seen.length = 0;
  here.say(async ({ body }) => {
    if (body.variables.input.step === "first") await rufa.queue.add(SaveDraftStep, step("second"), wish("second"));
    return saved(2);
  });
  assert.deepEqual(await settled(rufa), []);
  assert.deepEqual(steps(here), ["first", "second"]);
});

test("a page may say what is to be looked at", async () => {
  const { rufa, here } = await offline();
  rufa.queue.know(SaveDraftStep, { isMerged: ({ draft }) => draft.version > 2 });
  await rufa.queue.add(SaveDraftStep, step("who"), wish("who"));
  await settled(rufa);
  here.say(saved(3));

  assert.deepEqual((await settled(rufa)).map(({ state }) => state), ["merged"]);
});

test("goes on as soon as anything else gets through, without being told of the network", async () => {
  const { rufa, here } = await offline();
  await rufa.queue.add(SaveDraftStep, step("who"), wish("who"));
  await settled(rufa);
  here.seen.length = 0;
  here.say(({ name }) => (name === "Me" ? said({ me: null }) : saved(2)));
  await rufa.ask(documents.Me, {});
  await rufa.queue.flush();

  assert.deepEqual(here.seen.map(({ name }) => name), ["Me", "SaveDraftStep"]);
});

const { SyncDraft } = documents;
const typed = (name, value, baseVersion = 4) => ({
  input: { draftId: "d", baseVersion, pages: [{ step: name, answers: [{ field: name, values: [value] }] }] },
});
const synced = (version, conflicts = [], leftOut = []) => said({ syncDraft: { draft: { id: "d", version }, pages: [], conflicts, leftOut, problems: [] } });
const sent = ({ seen }) => seen.filter(({ name }) => name === "SyncDraft").map(({ body }) => body.variables);

test("what is written on a draft goes out together; what was on its way is never changed", async () => {
  const { rufa, here } = await offline();
  await rufa.queue.flush();
  await Promise.all([rufa.queue.add(SyncDraft, typed("who", "甲"), wish("who")), rufa.queue.add(SyncDraft, typed("what", "乙"), wish("what"))]);
  await settled(rufa);
  await rufa.queue.add(SyncDraft, typed("money", "丙"), wish("money"));
  await rufa.queue.add(SyncDraft, typed("money", "丁"), wish("money"));
  const waiting = await settled(rufa);
  const steps = waiting.map(({ variables }) => variables.input.pages.map(({ answers }) => answers[0].values[0]).join(""));
  assert.equal(steps.join(""), "甲乙丙丁");
  for (const { idempotencyKey, input } of sent(here)) {
    const same = sent(here).filter((one) => one.idempotencyKey === idempotencyKey);
    assert.ok(same.every((one) => JSON.stringify(one.input) === JSON.stringify(input)), "one key, one body");
  }

  here.seen.length = 0;
  let version = 5;
  here.say(() => synced(version++));
  assert.deepEqual(await settled(rufa), []);
  assert.deepEqual(sent(here).map(({ input }) => input.baseVersion), [4, 5, 6].slice(0, waiting.length));
});

test("too much at once does not go together", async () => {
  const { rufa } = await offline();
  await rufa.queue.flush();
  const many = typed("who", "甲");
  many.input.pages = Array.from({ length: 60 }, () => many.input.pages[0]);
  await rufa.queue.add(SyncDraft, many, wish("many", "other"));
  await rufa.queue.add(SyncDraft, typed("what", "乙"), wish("what", "other"));

  assert.equal((await rufa.queue.all()).length, 2);
});

test("what was changed on both sides, and what does not fit any more, is looked at", async () => {
  const { rufa, here } = await offline();
  await rufa.queue.add(SyncDraft, typed("who", "甲"), wish("谁"));
  await settled(rufa);
  here.say(synced(9, [], [{ step: "money", field: null, text: "不用再填。" }]));
  const [merged] = await settled(rufa);

  assert.deepEqual([merged.state, merged.data.leftOut[0].text], ["merged", "不用再填。"]);
});
