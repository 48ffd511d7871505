// Signing in: by WeChat, by a code; a no to the number is a no.
import assert from "node:assert/strict";
import { test } from "node:test";
import { play, refused, SESSION } from "./door.mjs";

const UNBOUND = { signInByWechat: { session: null, unbound: { ticket: "t-1", expiresAt: "2099-01-01T00:00:00Z" }, problems: [] } };
const BOUND = { bindPhone: { session: SESSION, problems: [] } };

async function atTheButton(answers = {}) {
  const played = await play({ SignInByWechat: UNBOUND, BindPhone: BOUND, ...answers });
  await played.stage.open("/pages/signin/signin");
  await played.stage.tap("微信登录");
  return played;
}

test("takes the number WeChat knows, once it is given", async () => {
  const { stage, named, end } = await atTheButton();

  await stage.give("用微信里的手机号", "getphonenumber", { code: "p-1" });

  const { ticket, phoneCode, device } = named("BindPhone")[0].variables.input;
  assert.deepEqual([ticket, phoneCode, device], ["t-1", "p-1", "HUAWEI nova 12"]);
  assert.equal(stage.route, "pages/mine/mine");
  end();
});

test("asks no second time for a number that was refused, and says what goes without", async () => {
  const { stage, named, end } = await atTheButton();

  await stage.give("用微信里的手机号", "getphonenumber", { errMsg: "getPhoneNumber:fail user deny" });

  assert.match(stage.text, /不给手机号也可以 了解、测算、找网点、看文章都不用登录/);
  assert.doesNotMatch(stage.text, /用微信里的手机号/);
  assert.deepEqual(stage.telephone.seen.modals, []);
  assert.deepEqual(named("BindPhone"), []);
  end();
});

test("goes the other way where WeChat cannot now, and says why", async () => {
  const { stage, end } = await play({ SignInByWechat: refused("微信现在登录不了。", "wechat_away", 409) });
  await stage.open("/pages/signin/signin");

  await stage.tap("微信登录");

  assert.match(stage.text, /微信现在登录不了。 请这样做。/);
  assert.match(stage.text, /发验证码/);
  end();
});

test("signs in by a code, and says beside the field what is wrong with it", async () => {
  const wrong = { problems: [{ code: "code_wrong", field: "code", message: "验证码不对。", remedy: "请核对。" }], session: null };
  const codeRequest = { request: "q-1", maskedPhone: "138****0001", expiresAt: "2099-01-01T00:00:00Z", sendAgainAt: "2099-01-01T00:00:00Z" };
  let right = false;
  const answers = {
    SendCode: { sendCode: { codeRequest, problems: [] } },
    SignIn: () => ({ signIn: right ? { session: SESSION, problems: [] } : wrong }),
  };
  const { stage, end } = await play(answers);
  await stage.open("/pages/signin/signin?next=%2Fpages%2Fmine%2Fmine");
  await stage.tap("改用短信验证码");
  await stage.type("手机号", "13800000001");
  await stage.tap("发验证码");
  await stage.type("短信里的 6 位数字", "000000");
  await stage.tap("登录");
  const told = stage.text;
  right = true;
  await stage.type("短信里的 6 位数字", "123456");
  await stage.tap("登录");

  assert.match(told, /已经发到 138\*\*\*\*0001/);
  assert.match(told, /✕ 验证码不对。请核对。/);
  assert.equal(stage.route, "pages/mine/mine");
  end();
});
