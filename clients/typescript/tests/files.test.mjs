import assert from "node:assert/strict";
import { test } from "node:test";
import { hash, load, lost, on, refusal, service, tokens } from "./around.mjs";

const { blobSource, bytesSource } = await load("index");
const KB = 1024;
const PHOTO = Uint8Array.from({ length: 200 * KB + 17 }, (_, at) => (at * 7 + (at >> 9)) % 256);
const DRAFT = { draft: "d", item: "id_card" };
const json = (status, body) => ({ status, headers: {}, text: body === undefined ? "" : JSON.stringify(body) });

/** Takes files in as the service does. `fate` says for each request what becomes of it: lost before, after, or not. */
function transfers(fate = () => "passes") {
  const state = { begun: new Map(), chunks: new Map(), upload: null, received: 0, order: [] };
  const standing = (id) => {
    const { bytes, chunkBytes } = state.begun.get(id);
    const chunks = Math.ceil(bytes / chunkBytes);
    const missing = Array.from({ length: chunks }, (_, at) => at).filter((at) => !state.chunks.has(at));
    return { id, bytes, chunkBytes, chunks, missing: state.upload ? [] : missing, upload: state.upload };
  };
  const put = ({ path, headers, body }) => {
    const number = Number(path.split("/").pop());
    if (!state.begun.has(path.split("/")[4])) return refusal(404, "not_found");
    state.received += 1;
    const said = headers["Content-Digest"];
    if (said !== `sha-256=:${Buffer.from(hash(body), "hex").toString("base64")}:`) return refusal(422, "chunk_damaged");
    state.chunks.set(number, Buffer.from(body));
    return json(200, { number });
  };
  const finish = (id) => {
    const whole = Buffer.concat([...state.chunks.entries()].sort(([a], [b]) => a - b).map(([, piece]) => piece));
    if (standing(id).missing.length && !state.upload) return refusal(409, "chunks_missing");
    if (!state.upload && hash(whole) !== state.begun.get(id).sha256) return refusal(422, "file_changed_on_the_way");
    state.upload ??= { token: "t", sha256: hash(whole), bytes: whole.length };
    return json(201, standing(id));
  };
  const answer = (request) => {
    const { method, path, headers, body } = request;
    const id = path.split("/")[4];
    if (method === "DELETE") return state.begun.delete(id) && state.chunks.clear(), json(204);
    if (method === "PUT") return put(request);
    if (path.endsWith("/finish")) return finish(id);
    if (method === "GET") return state.begun.has(id) ? json(200, standing(id)) : refusal(404, "not_found");
    const made = [...state.begun].find(([, one]) => one.key === headers["Idempotency-Key"])?.[0] ?? `t${state.begun.size + 1}`;
    state.begun.set(made, { ...body, key: headers["Idempotency-Key"] });
    return json(201, standing(made));
  };
  const here = service((request) => {
    const what = fate(request, here.seen.length - 1);
    state.order.push([request.method, what]);
    if (what === "before") return lost();
    const answered = answer(request);
    return what === "after" ? lost() : answered;
  });
  return Object.assign(here, { state });
}

async function signedIn(here, device, patience) {
  const made = on(here, device, patience);
  await made.rufa.signedIn(tokens());
  return made;
}

test("a file arrives in pieces, with a checksum each, and says how far it is", async () => {
  const here = transfers();
  const { rufa, device } = await signedIn(here);
  const heard = [];
  const outcome = await rufa.uploads.send(bytesSource("身份证.jpg", PHOTO), { ...DRAFT, onProgress: (sent) => heard.push(sent) });

  assert.equal(outcome.data.sha256, hash(PHOTO));
  assert.deepEqual(heard, [0, 64 * KB, 128 * KB, 192 * KB, PHOTO.length].map((at) => Math.min(at, PHOTO.length)).map((at, i) => (i < 4 ? Math.max(0, PHOTO.length - (4 - i) * 64 * KB) : at)));
  const { key, ...begun } = [...here.state.begun.values()][0];
  assert.deepEqual(begun, { name: "身份证.jpg", bytes: PHOTO.length, sha256: hash(PHOTO), chunkBytes: 64 * KB, ...DRAFT });
  assert.match(key, /^[A-Za-z0-9_-]{16,64}$/);
  assert.deepEqual(await rufa.uploads.pending(), []);
  assert.deepEqual([...device.keys()].filter((name) => name.startsWith("upload:")), []);
});

test("arrives once where every second request is lost, before or after it was heard", async () => {
  const here = transfers((_request, at) => ["before", "passes", "after", "passes"][at % 4]);
  const { rufa } = await signedIn(here);
  const outcome = await rufa.uploads.send(bytesSource("a.jpg", PHOTO), { ...DRAFT, chunkBytes: 16 * KB });

  assert.equal(outcome.data.sha256, hash(PHOTO));
  assert.equal(here.state.begun.size, 1);
  assert.equal(here.state.chunks.size, 13);
});

test("goes on after a restart with what is missing", async () => {
  let isCut = false;
  const here = transfers(() => (isCut ? "before" : "passes"));
  const { rufa, device } = await signedIn(here, new Map());
  const source = bytesSource("a.jpg", PHOTO);
  const cutting = { ...source, read: (offset, length) => ((isCut ||= here.state.chunks.size === 2), source.read(offset, length)) };
  const broken = await rufa.uploads.send(cutting, DRAFT);
  assert.deepEqual([broken.ok, broken.fault.kind, here.state.chunks.size], [false, "unreachable", 2]);

  isCut = false;
  here.state.received = 0;
  const { rufa: restarted } = on(here, device);
  const [waiting] = await restarted.uploads.pending();
  assert.equal(waiting.name, "a.jpg");
  const outcome = await restarted.uploads.resume(waiting, source);
  assert.equal(outcome.data.sha256, hash(PHOTO));
  assert.equal(here.state.received, 2);
  assert.equal(here.state.begun.size, 1);
});

test("begins anew where the service has forgotten it", async () => {
  const here = transfers();
  const { rufa } = await signedIn(here);
  const source = bytesSource("a.jpg", PHOTO);
  const waiting = await rufa.uploads.prepare(source, DRAFT);
  const outcome = await rufa.uploads.resume({ ...waiting, transfer: "forgotten" }, source);

  assert.ok(outcome.ok);
  assert.notEqual([...here.state.begun.values()][0].key, waiting.key);
});

test("a piece that was damaged on the way is sent again; a file that changed meanwhile is refused", async () => {
  const source = bytesSource("a.jpg", PHOTO);
  let damaged = 0;
  const here = transfers();
  const { request } = here;
  here.request = (asked) => {
    const hurt = asked.method === "PUT" && damaged++ === 1;
    return request(hurt ? { ...asked, body: asked.body.map((byte) => byte ^ 1) } : asked);
  };
  const { rufa } = await signedIn(here);
  assert.ok((await rufa.uploads.send(source, DRAFT)).ok);

  const other = transfers();
  const changing = { ...source, read: async (at, length) => (await source.read(at, length)).map((byte) => (other.state.begun.size ? byte ^ 1 : byte)) };
  const outcome = await (await signedIn(other)).rufa.uploads.send(changing, DRAFT);
  assert.equal(outcome.fault.code, "file_changed_on_the_way");
});

test("what the service will not take is refused in words and not kept", async () => {
  const here = service(refusal(422, "rejected", { problems: [{ code: "file_too_big", field: "file", message: "太大。", remedy: "请压缩。" }] }));
  const { rufa } = await signedIn(here);
  const outcome = await rufa.uploads.send(bytesSource("a.jpg", PHOTO), DRAFT);

  assert.deepEqual([outcome.fault.kind, outcome.fault.problems[0].code], ["problems", "file_too_big"]);
  assert.deepEqual(await rufa.uploads.pending(), []);
});

test("is stopped when it is called off, and the service forgets its half", async () => {
  const here = transfers();
  const { rufa } = await signedIn(here);
  const source = bytesSource("a.jpg", PHOTO);
  const waiting = await rufa.uploads.prepare(source, DRAFT);
  const calledOff = rufa.uploads.resume(waiting, { ...source, read: async (at, length) => {
    if (at === 64 * KB) await rufa.uploads.cancel(waiting.id);
    return source.read(at, length);
  } });

  assert.deepEqual(((await calledOff).fault ?? {}).code, "aborted");
  assert.equal(here.state.chunks.size, 0);
  assert.equal(here.state.begun.size, 0);
  assert.deepEqual(await rufa.uploads.pending(), []);
});

test("a small file goes in one request, with its key", async () => {
  const here = service(lost, json(201, { token: "t" }));
  const { rufa } = await signedIn(here);
  const outcome = await rufa.uploads.send(bytesSource("签名.png", PHOTO.slice(0, 900)), { purpose: "signature" });

  assert.equal(outcome.data.token, "t");
  assert.equal(new Set(here.seen.map(({ headers }) => headers["Idempotency-Key"])).size, 1);
  assert.deepEqual([here.seen[1].path, here.seen[1].fields], ["/m/v1/uploads", { purpose: "signature" }]);
});

test("forgets after three days what the service has forgotten, and what is another's at once", async () => {
  const { rufa, clock, device } = await signedIn(transfers());
  await rufa.uploads.prepare(bytesSource("a.jpg", PHOTO), DRAFT);
  await rufa.uploads.forget("person-two");
  assert.equal((await rufa.uploads.pending()).length, 1);
  clock.now += 3 * 24 * 3600 * 1000;
  await rufa.uploads.sweep();

  assert.deepEqual([...device.keys()], ["session"]);
});

test("reads a file somebody chose piece by piece", async () => {
  const source = blobSource("a.jpg", new Blob([PHOTO]));

  assert.deepEqual([source.size, hash(await source.read(100, 5000))], [PHOTO.length, hash(PHOTO.slice(100, 5100))]);
});
