// 长辈版 follows WeChat's own size, unless somebody chose; the discreet mode leaves nothing on the screen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { play } from "./door.mjs";

const frame = (stage) => stage.data.frame;
const px = (stage) => Number.parseFloat(frame(stage).root);

test("looks as WeChat's size says", async () => {
  const roots = {};
  for (const fontSizeSetting of [15, 17, 20, 24]) {
    const { stage, end } = await play({}, { fontSizeSetting });
    await stage.open("/pages/settings/settings");
    roots[fontSizeSetting] = [px(stage), frame(stage).elder];
    end();
  }

  assert.deepEqual(Object.keys(roots), ["15", "17", "20", "24"]);
  assert.deepEqual(roots[15], [16, false]);
  assert.deepEqual(roots[17], [16, false]);
  assert.ok(roots[20][0] > 18 && !roots[20][1]);
  assert.deepEqual(roots[24], [24, true]);
});

test("looks as somebody chose, also after a restart", async () => {
  const { stage, end } = await play({});
  await stage.open("/pages/settings/settings");

  await stage.tap("一直用长辈版");
  const chosen = px(stage);
  stage.start();
  await stage.open("/pages/settings/settings");

  assert.equal(chosen, 24);
  assert.equal(px(stage), 24);
  assert.equal(stage.top.comp.dom.querySelectorAll(".rf-page--frame-elder").length, 1);
  await stage.tap("不用长辈版");
  assert.equal(frame(stage).elder, false);
  end();
});

test("is discreet where it is asked for: nothing in screenshots, a way out on every page", async () => {
  const told = { messages: { nodes: [note("1")], pageInfo: { hasNextPage: false, endCursor: null } }, unreadMessages: 1 };
  const { stage, end } = await play({ Messages: told, ReadMessage: { readMessage: { unread: 0, problems: [] } } }, { signedIn: true });
  await stage.open("/pages/settings/settings");

  stage.event(stage.find("谨慎模式"), "tap", {});
  await stage.open("/pages/messages/messages");

  assert.equal(stage.telephone.seen.hidden, true);
  assert.doesNotMatch(stage.text, /请补身份证/);
  await stage.tap("快速离开");
  assert.equal(stage.telephone.seen.left, 1);
  assert.equal(stage.route, "pages/learn/learn");
  end();
});

function note(id) {
  return { id, kind: "NEWS", title: "有新消息", body: "请补身份证", path: "", createdAt: "2026-11-23T01:00:00Z", readAt: null };
}
