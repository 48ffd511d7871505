import assert from "node:assert/strict";
import { test } from "node:test";
import { documents, lost, on, problem, refusal, said, service } from "./around.mjs";

const { BookHomeVisit, Matters, SendCode } = documents;
const SENT = said({ sendCode: { codeRequest: { request: "r" }, problems: [] } });
const INPUT = { input: { phone: "13800000001" } };
const keysOf = ({ seen }) => seen.map(({ body }) => body.variables.idempotencyKey);

test("sends the id of a document, never its text", async () => {
  const here = service(said({ matters: [] }));
  const outcome = await on(here).rufa.ask(Matters, { region: "430211" });

  assert.deepEqual(here.seen[0].body, { documentId: Matters.id, variables: { region: "430211" } });
  assert.equal(here.seen[0].path, "/graphql");
  assert.equal(here.seen[0].headers.Authorization, undefined);
  assert.deepEqual(outcome, { ok: true, data: { matters: [] }, faults: [], keptAt: null });
});

test("asks again with the same key until it is answered", async () => {
  const here = service(lost, lost, SENT);
  const { rufa, clock } = on(here);
  const outcome = await rufa.do(SendCode, INPUT);

  assert.ok(outcome.ok);
  assert.equal(outcome.data.codeRequest.request, "r");
  assert.equal(new Set(keysOf(here)).size, 1);
  assert.match(keysOf(here)[0], /^[A-Za-z0-9_-]{16,64}$/);
  assert.equal(clock.waited.length, 2);
  assert.ok(clock.waited[0] < clock.waited[1], "waits longer each time");
});

test("a try whose answer never came goes on under its key after a restart; the next one gets another", async () => {
  const here = service(lost);
  const { rufa, device } = on(here, new Map(), { tries: 2 });
  const first = await rufa.do(SendCode, INPUT);
  assert.deepEqual([first.ok, first.fault.kind, first.fault.retryable], [false, "unreachable", true]);
  assert.match(first.fault.remedy, /12348/);

  here.say(SENT);
  const { rufa: restarted } = on(here, device);
  await restarted.do(SendCode, INPUT);
  assert.equal(new Set(keysOf(here)).size, 1);

  await restarted.do(SendCode, INPUT);
  assert.equal(new Set(keysOf(here)).size, 2);
});

test("something else never goes out under the key of what was lost", async () => {
  const here = service(lost);
  const { rufa } = on(here, new Map(), { tries: 1 });
  await rufa.do(SendCode, INPUT);
  await rufa.do(SendCode, { input: { phone: "13800000002" } });

  assert.equal(new Set(keysOf(here)).size, 2);
});

test("a key is not used once the service has forgotten it", async () => {
  const here = service(lost);
  const { rufa, clock, device } = on(here, new Map(), { tries: 1 });
  await rufa.do(SendCode, INPUT);
  clock.now += 24 * 3600 * 1000;
  await rufa.do(SendCode, INPUT);
  assert.equal(new Set(keysOf(here)).size, 2);

  clock.now += 24 * 3600 * 1000;
  await rufa.start();
  assert.deepEqual([...device.keys()].filter((name) => name.startsWith("key:")), []);
});

test("problems are values in words, with what was answered beside them", async () => {
  const alternatives = [{ startsAt: "2026-11-24T10:00:00+08:00", endsAt: "2026-11-24T11:00:00+08:00", reasons: [] }];
  const here = service(said({ orderHomeVisit: { appointment: null, alternatives, problems: [problem("window_taken")] } }));
  const outcome = await on(here).rufa.do(BookHomeVisit, { input: {} });

  assert.equal(outcome.ok, false);
  assert.deepEqual([outcome.fault.kind, outcome.fault.code, outcome.fault.retryable], ["problems", "window_taken", false]);
  assert.deepEqual(outcome.fault.problems, [problem("window_taken")]);
  assert.deepEqual(outcome.data.alternatives, alternatives);
});

test("each way of saying no has a kind and words", async () => {
  const page = (status) => ({ status, headers: { "retry-after": "7" }, text: "<html>Bad gateway</html>" });
  const cases = [
    [refusal(403, "forbidden"), "refused", "forbidden", null],
    [refusal(401, "not_signed_in"), "signed_out", "not_signed_in", null],
    [refusal(429, "rate_limited", { retryAfter: 30, retryable: true }), "busy", "rate_limited", 30],
    [refusal(500, "internal", { reference: "AB12", retryable: true }), "broken", "internal", null],
    [refusal(422, "rejected", { problems: [problem("file_empty")] }), "problems", "rejected", null],
    [page(502), "busy", "http_502", 7],
    [page(404), "broken", "http_404", null],
    [{ status: 200, headers: {}, text: "" }, "broken", "http_200", null],
    [{ status: 200, headers: {}, text: "[]" }, "broken", "http_200", null],
  ];
  for (const [answer, kind, code, after] of cases) {
    const outcome = await on(service(answer)).rufa.ask(Matters, {});
    assert.equal(outcome.ok, false);
    assert.deepEqual([outcome.fault.kind, outcome.fault.code, outcome.fault.retryAfter], [kind, code, after]);
    assert.ok(outcome.fault.text && outcome.fault.remedy, "there are words");
  }
});

test("waits as long as the service says, and not at all where that is too long", async () => {
  const busy = (after) => refusal(503, "database_unavailable", { retryAfter: after, retryable: true });
  const short = service(busy(2), said({ matters: [] }));
  const { rufa, clock } = on(short);
  assert.ok((await rufa.ask(Matters, {})).ok);
  assert.deepEqual(clock.waited, [2000]);

  const long = service(busy(60));
  assert.equal((await on(long).rufa.ask(Matters, {})).fault.retryAfter, 60);
  assert.equal(long.seen.length, 1);
});

test("a refusal is said once, never asked again", async () => {
  const here = service(refusal(403, "forbidden"));
  await on(here).rufa.do(SendCode, INPUT);
  await on(here).rufa.do(SendCode, INPUT);

  assert.equal(here.seen.length, 2);
});

test("a question that is answered in part gives the parts and says which are missing", async () => {
  const answer = { data: { me: null, matters: [] }, errors: [{ path: ["me"], extensions: { code: "unavailable", status: 503, text: "暂时不可用。", remedy: "请稍后再试。", retryable: true } }] };
  const here = service({ status: 200, headers: {}, text: JSON.stringify(answer) });
  const outcome = await on(here, new Map(), { tries: 1 }).rufa.ask(Matters, {});

  assert.ok(outcome.ok);
  assert.deepEqual(outcome.data.matters, []);
  assert.deepEqual(outcome.faults.map(({ path, kind }) => [path, kind]), [[["me"], "busy"]]);
});

test("a mistake in a transport is not taken for a bad line", async () => {
  const broken = service(() => {
    throw new TypeError("a mistake");
  });

  await assert.rejects(on(broken).rufa.ask(Matters, {}), TypeError);
});
