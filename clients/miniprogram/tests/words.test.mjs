// What is worked out on the telephone itself: days, links, strokes, how a text looks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ours } from "./door.mjs";

const { day, hour, size, when } = ours("./lib/words.js");
const { pageOf } = ours("./lib/ways.js");
const { isSignature, Strokes } = ours("./lib/strokes.js");
const { rich } = ours("./lib/rich.js");
const { greyOf, judge, advice } = ours("./lib/photo.js");

test("says days and hours in China time, whatever the telephone's zone is", () => {
  assert.equal(day("2026-11-23"), "11月23日（周一）");
  assert.equal(day("2026-11-22T16:30:00Z"), "11月23日（周一）");
  assert.equal(hour("2026-11-22T16:05:00+00:00"), "0:05");
  assert.equal(when("2026-11-23T09:30:00+08:00"), "11月23日（周一）9:30");
  assert.deepEqual([size(10), size(340 * 1024), size(1.25 * 1024 * 1024)], ["1 KB", "340 KB", "1.3 MB"]);
});

test("knows which page here a link of the service means, and offers none that it has not", () => {
  assert.equal(pageOf("/stations/4S10-GSR8"), "/pages/station/station?code=4S10-GSR8");
  assert.equal(pageOf("/me/applications/FY-1"), "/pages/case/case?reference=FY-1");
  assert.equal(pageOf("/check"), "/pages/check/check");
  assert.equal(pageOf("/desk/queue"), "");
});

test("takes a slip of the finger for no signature", () => {
  const strokes = new Strokes();
  strokes.begin({ x: 0, y: 0 });
  assert.equal(strokes.go({ x: 3, y: 4 }).x, 0);
  assert.equal(isSignature(strokes.all), false);
  strokes.begin({ x: 10, y: 10 });
  strokes.go({ x: 80, y: 10 });
  assert.equal(isSignature(strokes.all), true);
  strokes.clear();
  assert.deepEqual(strokes.all, []);
});

test("dresses a text without following its links", () => {
  const dressed = rich('<h2 id="a">怎么做</h2><p>申请<a href="/x">认定</a></p>');

  assert.doesNotMatch(dressed, /<a\b|href|id=/);
  assert.match(dressed, /<h2 style="[^"]+">怎么做<\/h2><p style="[^"]+">申请<b style="[^"]+">认定<\/b><\/p>/);
});

test("says how to photograph better", () => {
  const dark = greyOf(new Uint8ClampedArray(4 * 100 * 100).fill(20), 100, 100);

  assert.deepEqual(judge(dark, 500), ["photo_small", "photo_dark"]);
  assert.deepEqual(advice(["photo_dark"]).map((one) => one.title), ["照片太暗"]);
});
