import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { hash, load } from "./around.mjs";

const { bytesSource, fetchTransport, Unreachable, wxRandom, wxSource, wxStorage, wxTransport } = await load("index");
const BYTES = Uint8Array.from({ length: 3000 }, (_, at) => at % 256);

/** A service on a socket that says what it was told. */
async function echo(work) {
  const server = createServer(async (request, answer) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const { method, url, headers } = request;
    if (url === "/hang") return;
    if (url === "/drop") return request.socket.destroy();
    answer.writeHead(url === "/busy" ? 503 : 200, { "Retry-After": "3", "Content-Type": "application/json" });
    answer.end(JSON.stringify({ method, url, headers, body: Buffer.concat(pieces).toString("base64") }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await work(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** `wx` as its documentation says: `success` for any status, `fail` with a sentence, everything by callbacks. */
function wechat(address) {
  const kept = new Map();
  const carry = async ({ url, method, header, data, timeout, success, fail }) => {
    const failing = await fetch(url, { method, headers: header, body: data, signal: AbortSignal.timeout(timeout) }).catch((fault) => ({ fault }));
    if (failing.fault) return fail({ errMsg: failing.fault.name === "TimeoutError" ? "request:fail timeout" : "request:fail " });
    success({ statusCode: failing.status, header: Object.fromEntries([...failing.headers].map(([name, value]) => [name.toUpperCase(), value])), data: await failing.text() });
  };
  return {
    kept,
    address,
    request: (options) => void carry(options),
    uploadFile({ url, filePath, name, header, formData, timeout, success, fail }) {
      const form = new FormData();
      for (const [field, value] of Object.entries(formData)) form.append(field, value);
      form.append(name, new Blob([BYTES]), filePath);
      const listeners = [];
      queueMicrotask(() => listeners.forEach((listen) => listen({ totalBytesSent: 1500 })));
      void carry({ url, method: "POST", header, data: form, timeout, success, fail });
      return { onProgressUpdate: (listen) => listeners.push(listen) };
    },
    getStorageSync: (key) => kept.get(key) ?? "",
    setStorageSync: (key, value) => void kept.set(key, value),
    removeStorageSync: (key) => void kept.delete(key),
    getStorageInfoSync: () => ({ keys: [...kept.keys()] }),
    getFileSystemManager: () => ({
      readFile({ filePath, position, length, success, fail }) {
        if (filePath === "wxfile://gone") fail({ errMsg: "readFile:fail no such file" });
        else success({ data: BYTES.slice(position, position + length).buffer });
      },
    }),
    getRandomValues: ({ length, success }) => success({ randomValues: new Uint8Array(length).fill(7).buffer }),
  };
}

const carriers = [["fetch", (address) => fetchTransport(address)], ["wx", (address) => wxTransport(address, wechat(address))]];
const asked = (path, more = {}) => ({ method: "POST", path, headers: { "X-Said": "yes" }, timeoutMs: 2000, ...more });

for (const [name, carrier] of carriers) {
  test(`${name} brings words, bytes and every status`, () =>
    echo(async (address) => {
      const transport = carrier(address);
      const words = await transport.request(asked("/graphql", { body: "如法" }));
      const told = JSON.parse(words.text);
      assert.deepEqual([words.status, told.method, told.url, told.headers["x-said"]], [200, "POST", "/graphql", "yes"]);
      assert.equal(Buffer.from(told.body, "base64").toString(), "如法");
      const bytes = JSON.parse((await transport.request(asked("/x", { method: "PUT", body: BYTES.subarray(10, 500) }))).text);
      assert.equal(hash(Buffer.from(bytes.body, "base64")), hash(BYTES.slice(10, 500)));
      const busy = await transport.request(asked("/busy", { method: "GET" }));
      assert.deepEqual([busy.status, busy.headers["retry-after"]], [503, "3"]);
    }));

  test(`${name} says why nothing came`, () =>
    echo(async (address) => {
      const transport = carrier(address);
      const reason = (path, timeoutMs = 2000) => transport.request(asked(path, { timeoutMs })).catch((fault) => [fault instanceof Unreachable, fault.reason]);
      assert.deepEqual(await reason("/drop"), [true, "offline"]);
      assert.deepEqual(await reason("/hang", 50), [true, "timeout"]);
    }));

  test(`${name} sends a file with what goes with it`, () =>
    echo(async (address) => {
      const transport = carrier(address);
      const source = name === "wx" ? wxSource(wechat(address), "wxfile://tmp/a.jpg", BYTES.length) : bytesSource("a.jpg", BYTES);
      for (const file of [source, bytesSource('身份"证\n.jpg', BYTES)]) {
        let sent = 0;
        const request = { path: "/m/v1/uploads", headers: { "X-Said": "yes" }, fields: { purpose: "evidence" }, file, timeoutMs: 2000, onProgress: (bytes) => (sent = bytes) };
        const told = JSON.parse((await transport.upload(request)).text);
        const form = await new Response(Buffer.from(told.body, "base64"), { headers: { "Content-Type": told.headers["content-type"] } }).formData();
        assert.equal(form.get("purpose"), "evidence");
        assert.equal(hash(new Uint8Array(await form.get("file").arrayBuffer())), hash(BYTES));
        assert.equal(told.headers["x-said"], "yes");
        assert.ok(sent > 0);
      }
      await assert.rejects(transport.upload({ path: "/drop", headers: {}, fields: {}, file: source, timeoutMs: 2000 }), Unreachable);
    }));
}

test("wx keeps things under names of our own", async () => {
  const wx = wechat("");
  wx.kept.set("theirs", "x");
  const storage = wxStorage(wx);
  await storage.set("session", "s");
  assert.deepEqual([await storage.get("session"), await storage.get("nothing"), await storage.names()], ["s", null, ["session"]]);
  await storage.remove("session");
  assert.deepEqual([...wx.kept.keys()], ["theirs"]);
});

test("wx reads a file by pieces and gives random bytes, or says why not", async () => {
  const wx = wechat("");
  assert.equal(hash(await wxSource(wx, "wxfile://tmp/a.jpg", 3000).read(100, 50)), hash(BYTES.slice(100, 150)));
  assert.equal(wxSource(wx, "wxfile://tmp/a.jpg", 3000).name, "a.jpg");
  await assert.rejects(wxSource(wx, "wxfile://gone", 1).read(0, 1));
  assert.deepEqual(await wxRandom(wx)(3), Uint8Array.of(7, 7, 7));
  await assert.rejects(wxRandom({})(3), /2\.15\.0/);
});

test("an interruption by the system is told from a bad line", async () => {
  const interrupted = { request: ({ fail }) => fail({ errMsg: "request:fail interrupted" }) };

  await assert.rejects(wxTransport("", interrupted).request(asked("/x")), { reason: "aborted" });
});
