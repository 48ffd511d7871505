// Codes on paper: WeChat opens the mini-program with what they carry.
import assert from "node:assert/strict";
import { test } from "node:test";
import { play, refused } from "./door.mjs";

const SCENE = "s0WS6-RZFP.AbCd_-12";
const led = (path) => ({ SceneTarget: { scene: { kind: "STATION", key: "0WS6-RZFP", path } } });

test("leads to the page of what the code is about", async () => {
  for (const [path, route] of [["/stations/at/0WS6-RZFP", "station"], ["/apply/AbCdEfGhIjKlMnOpQrSt_-", "step"]]) {
    const { stage, named, end } = await play(led(path));
    await stage.open(`/pages/scene/scene?scene=${encodeURIComponent(SCENE)}`);

    assert.equal(stage.route, `pages/${route}/${route}`);
    assert.deepEqual(named("SceneTarget")[0].variables, { scene: SCENE });
    end();
  }
});

test("gives the address of what has no page here", async () => {
  const { stage, end } = await play(led("/door?code=12345678"));
  await stage.open(`/pages/scene/scene?scene=${SCENE}`);
  await stage.tap("复制网址");

  assert.match(stage.telephone.seen.copied[0], /^http:\/\/127\.0\.0\.1:\d+\/door\?code=12345678$/);
  assert.match(stage.text, /已经复制/);
  end();
});

test("says of a code that is none of ours what to do", async () => {
  const { stage, end } = await play({ SceneTarget: refused("没有找到这个码。", "scene_unknown", 404) });
  await stage.open("/pages/scene/scene?scene=x");

  assert.match(stage.text, /没有找到这个码。.*请这样做。/);
  end();
});

test("of somebody's own draft asks them to sign in, and nobody else sees it", async () => {
  const draft = "/apply/AbCdEfGhIjKlMnOpQrSt_-";
  const stranger = await play({ ...led(draft), DraftPage: refused("没有找到这份申请。", "draft_unknown", 404) }, { signedIn: true });
  await stranger.stage.open(`/pages/scene/scene?scene=${SCENE}`);
  assert.match(stranger.stage.text, /没有找到这份申请。.*请这样做。/);
  stranger.end();

  const { stage, end } = await play({ ...led(draft), DraftPage: refused("请先登录。", "not_signed_in", 401) });
  await stage.open(`/pages/scene/scene?scene=${SCENE}`);
  assert.match(stage.text, /登录后才能看到自己的内容.*去登录/);
  end();
});

test("waits for a network with the code in hand", async () => {
  const { stage, end } = await play(led("/stations/at/0WS6-RZFP"));
  stage.telephone.network(false);
  await stage.open(`/pages/scene/scene?scene=${SCENE}`);
  await stage.until(() => stage.has("连不上网络"));

  stage.telephone.network(true);
  await stage.tap("再试一次");
  await stage.until(() => stage.route === "pages/station/station");
  end();
});
