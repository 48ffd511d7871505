// Applying where the network comes and goes: what is typed stays, goes out later, and is shown where both had changed it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { play } from "./door.mjs";

const STEPS = ["story", "contact"];

function field(name, title, values, kind = "TEXT") {
  const question = { name, title, help: "", kind, required: true, unit: "", maxLength: 100, options: [] };
  return { question, values, text: values.join(""), answered: values.length > 0 };
}

/** A service with one draft of two steps. */
function draftOf(answers, conflicts = []) {
  const shown = ({ step }) => ({
    draft: {
      id: "d",
      version: 7,
      savedAt: "2026-11-23T01:00:00Z",
      discreet: false,
      evidence: [],
      steps: STEPS.map((name) => ({ name, title: name, section: "s", state: "TODO" })),
      step: { name: step, title: step === "story" ? "经过" : "联系", help: "", kind: "QUESTIONS", previous: null, fields: [field(step, step === "story" ? "事情的经过" : "电话", answers[step] ?? [])] },
    },
  });
  const save = ({ input }) => {
    for (const { field: name, values } of input.answers) answers[name] = values;
    return { saveStep: { draft: { id: "d", version: 8, savedAt: "", nextStep: "contact", sections: [] }, conflicts, problems: [] } };
  };
  const sync = ({ input }) => {
    for (const page of input.pages) for (const { field: name, values } of page.answers) answers[name] = values;
    return { syncDraft: { draft: { id: "d", version: 9, savedAt: "", nextStep: "contact", sections: [] }, pages: [], conflicts, leftOut: [], problems: [] } };
  };
  return { DraftPage: shown, SaveDraftStep: save, SyncDraft: sync };
}

test("saves a step and goes on to the next", async () => {
  const answers = {};
  const { stage, end } = await play(draftOf(answers), { signedIn: true });
  await stage.open("/pages/step/step?id=d&step=story");

  await stage.type("事情的经过", "老板没给钱");
  await stage.tap("保存，下一步");

  assert.deepEqual(answers.story, ["老板没给钱"]);
  assert.match(stage.text, /^联系/);
  end();
});

test("puts what is wrong beside its field, and keeps what was typed", async () => {
  const wrong = { saveStep: { draft: null, conflicts: [], problems: [{ code: "x", field: "story", message: "太短了。", remedy: "多写一点。" }] } };
  const { stage, end } = await play({ ...draftOf({}), SaveDraftStep: wrong }, { signedIn: true });
  await stage.open("/pages/step/step?id=d&step=story");

  await stage.type("事情的经过", "钱");
  await stage.tap("保存，下一步");

  assert.match(stage.text, /✕ 太短了。多写一点。 +钱|✕ 太短了。多写一点。 钱/);
  end();
});

test("keeps what is typed without a network, also over a restart, and hands it in when there is one again", async () => {
  const answers = {};
  const { stage, named, end } = await play(draftOf(answers), { signedIn: true });
  await stage.open("/pages/step/step?id=d&step=story");
  stage.telephone.network(false);

  await stage.type("事情的经过", "老板没给钱");
  await stage.tap("保存，下一步");
  await stage.until(() => stage.has("电话"));
  stage.start();
  await stage.open("/pages/step/step?id=d&step=story");
  await stage.until(() => stage.data.state === "ready");
  const shown = stage.text;
  stage.telephone.network(true);
  await stage.until(() => named("SyncDraft").length > 0);

  assert.match(shown, /已经存在手机里/);
  assert.match(shown, /老板没给钱/);
  assert.deepEqual(answers.story, ["老板没给钱"]);
  assert.equal(named("SyncDraft")[0].variables.input.baseVersion, 7);
  end();
});

test("shows what both had changed in words, and takes either", async () => {
  const answers = { story: ["别处写的"] };
  const both = { step: "story", field: "story", title: "事情的经过", mine: "这里写的", theirs: "别处写的", theirsValues: ["别处写的"], text: "" };
  const { stage, end } = await play(draftOf(answers, [both]), { signedIn: true });
  await stage.open("/pages/step/step?id=d&step=story");
  stage.telephone.network(false);
  await stage.type("事情的经过", "这里写的");
  await stage.tap("保存，下一步");
  await stage.until(() => stage.has("电话"));

  stage.telephone.network(true);
  await stage.open("/pages/step/step?id=d&step=story");
  await stage.until(async () => (await stage.again(), stage.has("两边都改过")));
  await stage.tap("去看一看，选一个");
  const told = stage.text;
  const before = answers.story;
  await stage.tap("用别的地方的");

  assert.match(told, /事情的经过.*这里写的.*别处写的/);
  assert.deepEqual([before, answers.story], [["这里写的"], ["别处写的"]]);
  assert.match(stage.text, /都看过了/);
  await stage.tap("接着填");
  assert.doesNotMatch(stage.text, /两边都改过/);
  end();
});
