import assert from "node:assert/strict";
import { test } from "node:test";
import { documents, load, lost, on, refusal, said, service, tokens } from "./around.mjs";

const { Matters } = documents;
const { webStorage } = await load("index");
const PACK = { version: 7, stations: [] };
const pack = (tag = '"7"') => ({ status: 200, headers: { etag: tag }, text: JSON.stringify(PACK) });
const SAME = { status: 304, headers: {}, text: "" };
const DAY = 24 * 3600 * 1000;

test("what has not changed is not fetched again", async () => {
  const here = service(pack(), SAME);
  const { rufa, device } = on(here);
  await rufa.kept.fetch("/api/directory/430211");
  const { rufa: restarted } = on(here, device);
  const again = await restarted.kept.fetch("/api/directory/430211");

  assert.deepEqual([here.seen[0].headers["If-None-Match"], here.seen[1].headers["If-None-Match"]], [undefined, '"7"']);
  assert.deepEqual([again.data, again.keptAt], [PACK, null]);
  assert.equal(here.seen[1].headers.Authorization, undefined);
});

test("where nothing can be fetched, the last one is given and since when it is so", async () => {
  const here = service(pack());
  const { rufa, clock } = on(here, new Map(), { tries: 1 });
  const fetchedAt = clock.now;
  await rufa.kept.fetch("/api/directory/430211");
  clock.now += DAY;
  here.say(lost);
  const old = await rufa.kept.fetch("/api/directory/430211");
  assert.deepEqual([old.ok, old.data, old.keptAt, old.faults[0].kind], [true, PACK, fetchedAt, "unreachable"]);
  assert.deepEqual((await rufa.kept.fetch("/api/directory/430212")).fault.kind, "unreachable");

  here.say(refusal(404, "not_found"), { status: 200, headers: {}, text: "{half" });
  assert.equal((await rufa.kept.fetch("/api/directory/1")).fault.kind, "broken");
  assert.equal((await rufa.kept.fetch("/api/directory/2")).fault.kind, "broken");
});

test("an answer that was to be kept is given again without a network, to the same person alone", async () => {
  const here = service(said({ matters: [{ code: "wages" }] }));
  const { rufa, clock } = on(here, new Map(), { tries: 1 });
  await rufa.signedIn(tokens());
  await rufa.ask(Matters, { region: "43" }, { keep: true });
  const at = clock.now;
  clock.now += 60_000;
  here.say(lost);
  const kept = await rufa.ask(Matters, { region: "43" }, { keep: true });
  assert.deepEqual([kept.data, kept.keptAt], [{ matters: [{ code: "wages" }] }, at]);
  assert.equal((await rufa.ask(Matters, { region: "43" })).fault.kind, "unreachable");
  assert.equal((await rufa.ask(Matters, { region: "44" }, { keep: true })).fault.kind, "unreachable");

  await rufa.session.end("ended");
  await rufa.session.adopt(tokens("person-two"));
  assert.equal((await rufa.ask(Matters, { region: "43" }, { keep: true })).fault.kind, "unreachable");
});

test("a refusal is not papered over with what was true once", async () => {
  const here = service(said({ matters: [] }), refusal(403, "forbidden"));
  const { rufa } = on(here);
  await rufa.ask(Matters, {}, { keep: true });

  assert.equal((await rufa.ask(Matters, {}, { keep: true })).fault.code, "forbidden");
});

test("an answer in part is not kept", async () => {
  const part = { data: { matters: [] }, errors: [{ path: ["me"], extensions: { code: "x", status: 403 } }] };
  const here = service({ status: 200, headers: {}, text: JSON.stringify(part) });
  const { rufa, device } = on(here);
  await rufa.ask(Matters, {}, { keep: true });

  assert.equal(device.size, 0);
});

test("what nobody fetched for a month is forgotten", async () => {
  const here = service(pack());
  const { rufa, clock, device } = on(here);
  await rufa.kept.fetch("/api/directory/430211");
  clock.now += 29 * DAY;
  await rufa.start();
  assert.equal(device.size, 1);
  clock.now += DAY;
  await rufa.start();

  assert.equal(device.size, 0);
});

test("a browser keeps things under names of our own", async () => {
  const held = new Map([["theirs", "x"]]);
  const web = {
    get length() {
      return held.size;
    },
    key: (index) => [...held.keys()][index] ?? null,
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, value) => void held.set(name, value),
    removeItem: (name) => void held.delete(name),
  };
  const storage = webStorage(web);
  await storage.set("session", "s");

  assert.deepEqual([await storage.names(), await storage.get("session"), held.get("rufa:session")], [["session"], "s", "s"]);
  await storage.remove("session");
  assert.deepEqual([...held.keys()], ["theirs"]);
});
