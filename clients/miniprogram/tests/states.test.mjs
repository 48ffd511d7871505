// Every page is framed alike: loading, no network, faults and "sign in first" are designed once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { play, refused } from "./door.mjs";

const LINES = { hotlines: { checkedOn: "2026-11-01", note: "全国统一", relay: "", groups: [], lines: [] } };

test("says that it is opening, and then what there is", async () => {
  const { stage, end } = await play({ HotlineDirectory: LINES });

  stage.push("/pages/hotlines/hotlines");
  const before = stage.text;
  await stage.settled();

  assert.match(before, /正在打开/);
  assert.match(stage.text, /全国统一/);
  end();
});

test("has the legal-aid line on every page, one tap away", async () => {
  const { stage, end } = await play({ HotlineDirectory: LINES });
  for (const route of stage.app.pages) {
    await stage.open(`/${route}`);
    await stage.tap("拨打 12348 法律服务热线，免费");
  }

  assert.deepEqual(stage.telephone.seen.calls, stage.app.pages.map(() => "12348"));
  end();
});

test("gives what was read before where there is no network, and says since when it is so", async () => {
  const { stage, end } = await play({ HotlineDirectory: LINES });
  await stage.open("/pages/hotlines/hotlines");

  stage.telephone.network(false);
  stage.start();
  await stage.open("/pages/hotlines/hotlines");
  await stage.until(() => stage.has("保存的内容"));

  assert.match(stage.text, /没有网络：看到的是上次保存的/);
  assert.match(stage.text, /全国统一/);
  end();
});

test("offers to try again where nothing was kept, and does", async () => {
  const { stage, end } = await play({ HotlineDirectory: LINES });
  stage.telephone.network(false);
  await stage.open("/pages/hotlines/hotlines");
  await stage.until(() => stage.has("连不上网络"));

  stage.telephone.network(true);
  await stage.tap("再试一次");
  await stage.until(() => stage.data.state === "ready");

  assert.match(stage.text, /全国统一/);
  end();
});

test("says what went wrong in the service's words, with the number to quote", async () => {
  const { stage, end } = await play({ HotlineDirectory: refused("这里关着。", "closed", 409, "R-17") });

  await stage.open("/pages/hotlines/hotlines");

  assert.match(stage.text, /这里关着。 请这样做。 编号 R-17/);
  end();
});

test("asks nobody to sign in who only reads, and those who want their own once", async () => {
  const { stage, end } = await play({});

  await stage.open("/pages/messages/messages");

  assert.match(stage.text, /登录后才能看到自己的内容 了解、测算、找网点、看文章都不用登录。/);
  assert.deepEqual(stage.telephone.seen.modals, []);
  await stage.tap("去登录");
  assert.equal(stage.route, "pages/signin/signin");
  await stage.tap("先不登录");
  assert.equal(stage.route, "pages/messages/messages");
  end();
});
