import assert from "node:assert/strict";
import { test } from "node:test";
import { documents, lost, NOW, on, problem, refusal, said, service, token, tokens } from "./around.mjs";

const { Me, SendCode } = documents;
const MINUTE = 60_000;
const ME = said({ me: { name: "甲" } });
const renewed = (number, owner) => said({ refreshSession: { session: tokens(owner, number), problems: [] } });
const over = said({ refreshSession: { session: null, problems: [problem("session_ended")] } });
const bearers = ({ seen }) => seen.filter(({ name }) => name === "Me").map(({ headers }) => headers.Authorization);
const refreshes = ({ seen }) => seen.filter(({ name }) => name === "RefreshSession").map(({ body }) => body.variables);

/** Answers questions for whoever has the newest token, and exchanges tokens as the service does. */
function house({ refuses = [] } = {}) {
  let number = 1;
  return service(async ({ name, headers }) => {
    await null;
    if (name === "RefreshSession") return renewed(++number);
    const refused = refuses.includes(headers.Authorization);
    return refused ? refusal(401, "token_expired") : ME;
  });
}

async function signedIn(here, device) {
  const made = on(here, device);
  await made.rufa.signedIn(tokens());
  return made;
}

test("brings the token of whoever signed in, also after a restart", async () => {
  const here = house();
  const { device } = await signedIn(here);
  const { rufa } = on(here, device);
  await rufa.ask(Me, {});

  assert.deepEqual(bearers(here), [`Bearer ${token("person-one")}`]);
  assert.equal(rufa.session.state, "signed_in");
  assert.equal(rufa.session.owner, "person-one");
});

test("exchanges a token before it runs out, once for however many ask", async () => {
  const here = house();
  const { rufa, clock } = await signedIn(here);
  clock.now += 14 * MINUTE + 1;
  await Promise.all(Array.from({ length: 10 }, () => rufa.ask(Me, {})));

  assert.deepEqual(refreshes(here).map(({ input }) => input), [{ refreshToken: "refresh-person-one-1" }]);
  assert.deepEqual(new Set(bearers(here)), new Set([`Bearer ${token("person-one", 2)}`]));
});

test("exchanges a token the service refuses, and asks what was asked again", async () => {
  const here = house({ refuses: [`Bearer ${token("person-one", 1)}`] });
  const { rufa } = await signedIn(here);
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => rufa.ask(Me, {})));

  assert.ok(outcomes.every(({ ok }) => ok));
  assert.equal(refreshes(here).length, 1);
});

test("goes by the service's clock, not by the telephone's", async () => {
  const here = service(async ({ name }) =>
    name === "RefreshSession"
      ? renewed(2)
      : { ...ME, headers: { date: new Date(NOW + 14 * MINUTE + 30_000).toUTCString() } },
  );
  const { rufa } = await signedIn(here);
  await rufa.ask(Me, {});
  assert.equal(refreshes(here).length, 0);
  await rufa.ask(Me, {});

  assert.equal(refreshes(here).length, 1);
});

test("an exchange whose answer was lost is asked for again with its key, over a restart too", async () => {
  const here = service(({ name }) => (name === "RefreshSession" ? lost() : ME));
  const { rufa, clock, device } = await signedIn(here);
  clock.now += 20 * MINUTE;
  const outcome = await rufa.ask(Me, {});
  assert.equal(outcome.fault.kind, "unreachable");
  assert.equal(rufa.session.state, "signed_in");

  here.say(({ name }) => (name === "RefreshSession" ? renewed(2) : ME));
  const again = on(here, device);
  again.clock.now = clock.now;
  assert.ok((await again.rufa.ask(Me, {})).ok);
  assert.equal(new Set(refreshes(here).map(({ idempotencyKey }) => idempotencyKey)).size, 1);
  assert.ok(!device.get("session").includes("exchange"));
});

test("a token that is still good serves while the exchange cannot be made", async () => {
  const here = service(({ name }) => (name === "RefreshSession" ? lost() : ME));
  const { rufa, clock } = await signedIn(here);
  clock.now += 14 * MINUTE + 1;

  assert.ok((await rufa.ask(Me, {})).ok);
});

test("a copied token ends it: the app says so, reads on as a stranger, and does nothing as one", async () => {
  const here = service(({ name, headers }) => {
    if (name === "RefreshSession") return over;
    return headers.Authorization ? refusal(401, "session_ended") : said({ me: null });
  });
  const { rufa, device } = await signedIn(here);
  const states = [];
  rufa.session.listen((state) => states.push(state));
  const sent = await rufa.do(SendCode, { input: { phone: "13800000001" } });

  assert.deepEqual([sent.ok, sent.fault.kind, sent.fault.code], [false, "signed_out", "session_ended"]);
  assert.deepEqual(here.seen.filter(({ name }) => name === "SendCode").length, 1);
  assert.deepEqual(states, ["ended"]);
  assert.equal(device.get("session"), undefined);
  assert.deepEqual((await rufa.ask(Me, {})).data, { me: null });
});

test("a question asked while it ends is answered as to a stranger", async () => {
  const here = service(({ name, headers }) => {
    if (name === "RefreshSession") return over;
    return headers.Authorization ? refusal(401, "session_ended") : said({ me: null });
  });
  const { rufa } = await signedIn(here);

  assert.deepEqual((await rufa.ask(Me, {})).data, { me: null });
});

test("two windows of one browser share what the quicker one was given", async () => {
  const device = new Map();
  const here = service(({ name }) => (name === "RefreshSession" ? over : ME));
  const slow = await signedIn(here, device);
  device.set("session", JSON.stringify(tokens("person-one", 7, NOW + 20 * MINUTE)));
  slow.clock.now += 20 * MINUTE;
  const outcome = await slow.rufa.ask(Me, {});

  assert.ok(outcome.ok);
  assert.deepEqual(bearers(here), [`Bearer ${token("person-one", 7)}`]);
  assert.equal(slow.rufa.session.state, "signed_in");
});

test("signing out forgets what is on the device, even where nobody answers", async () => {
  const here = service(ME);
  const { rufa, device } = await signedIn(here);
  await rufa.ask(Me, {}, { keep: true });
  assert.ok([...device.keys()].some((name) => name.startsWith("kept:")));
  here.say(lost);
  await rufa.queue.add(SendCode, { input: { phone: "13800000001" } }, { lane: "x", label: "验证码" });
  const outcome = await rufa.signOut();

  assert.equal(outcome.fault.kind, "unreachable");
  assert.equal(rufa.session.state, "signed_out");
  assert.deepEqual([...device.keys()].filter((name) => !name.startsWith("key:")), []);
});

test("a damaged store is an empty one", async () => {
  const { rufa } = on(service(ME), new Map([["session", "{half"]]));

  assert.ok((await rufa.ask(Me, {})).ok);
  assert.equal(rufa.session.state, "signed_out");
});

test("signs in by the code that came, and does what waited", async () => {
  const here = service(({ name }) =>
    name === "SignIn" ? said({ signIn: { session: tokens("person-one"), problems: [] } }) : ME,
  );
  const { rufa } = on(here);
  const states = [];
  const stop = rufa.session.listen((state) => states.push(state));
  assert.ok((await rufa.signIn("request", "123456", "我的手机")).ok);
  stop();
  await rufa.session.end("signed_out");

  assert.deepEqual(states, ["signed_in"]);
  assert.deepEqual(here.seen[0].body.variables.input, { request: "request", code: "123456", device: "我的手机" });
});

test("signing out whose answer was lost is done all the same", async () => {
  const here = service(({ name }) => (name === "RefreshSession" ? over : refusal(401, "session_ended")));
  const { rufa } = await signedIn(here);

  assert.ok((await rufa.signOut()).ok);
  assert.equal(rufa.session.state, "signed_out");
});
