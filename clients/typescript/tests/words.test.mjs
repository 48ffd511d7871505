import assert from "node:assert/strict";
import { test } from "node:test";
import { hash, load } from "./around.mjs";

const { base64, base64url, canonical, fromBase64url, utf8 } = await load("text");
const { Sha256, sha256 } = await load("sha256");

const bytes = (length) => Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) % 256);

test("hashes like everybody else, whatever the length", () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 70_001]) {
    assert.equal(sha256(bytes(length)), hash(bytes(length)), `${length} bytes`);
  }
  assert.equal(sha256("法律援助"), hash("法律援助"));
});

test("hashes pieces like the whole", () => {
  const made = new Sha256();
  for (const piece of [bytes(10_000).subarray(0, 1), bytes(10_000).subarray(1, 700), bytes(10_000).subarray(700)]) made.add(piece);
  assert.equal(made.hex(), hash(bytes(10_000)));
});

test("writes text as UTF-8, halves of a pair as what stands for the unreadable", () => {
  for (const text of ["", "a", "ñ", "如法", "𠮷野家", "\u{10FFFF}", "\ud800x"]) {
    assert.deepEqual(utf8(text), new Uint8Array(Buffer.from(text)));
  }
});

test("writes and reads bytes in letters", () => {
  for (const length of [0, 1, 2, 3, 4, 31, 32, 33]) {
    const written = Buffer.from(bytes(length));
    assert.equal(base64url(bytes(length)), written.toString("base64url"));
    assert.equal(base64(bytes(length)), written.toString("base64"));
    assert.equal(fromBase64url(written.toString("base64url")), written.toString("latin1"));
  }
});

test("equal values are written alike, whichever way they were put together", () => {
  assert.equal(canonical({ b: [1, { d: null, c: 2 }], a: "x" }), canonical({ a: "x", b: [1, { c: 2, d: null }] }));
  assert.notEqual(canonical({ a: [1, 2] }), canonical({ a: [2, 1] }));
});
