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
