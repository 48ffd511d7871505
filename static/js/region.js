// Type-ahead for a region, above the steps that work without it.
import { results, suggests } from "./combobox.js";

for (const field of document.querySelectorAll("[data-region]")) enhance(field);

function enhance(field) {
  const name = field.dataset.regionName;
  const hidden = field.querySelector(`input[name="${name}_from"]`);
  const steps = field.querySelector("[data-region-steps]");
  const id = `typed-${name}`;
  const box = document.createElement("div");
  box.className = "region-typed";
  const label = Object.assign(document.createElement("label"), { htmlFor: id, textContent: "输入地名查找" });
  const hint = Object.assign(document.createElement("p"), {
    className: "hint",
    id: `${id}-hint`,
    textContent: "汉字、拼音或拼音首字母都可以，例如“石峰”“shifeng”“sfq”。也可以在下面逐级选择。",
  });
  const input = Object.assign(document.createElement("input"), { id, type: "text", maxLength: 40 });
  input.setAttribute("aria-describedby", hint.id);

  const { list, said } = suggests(input, {
    label: "查到的地区",
    eager: true,
    find: async (text) => results(await fetch(`${field.dataset.region}?text=${encodeURIComponent(text)}`)),
    choose: (one) => {
      hidden.value = one.code;
      input.value = one.fullName;
      const select = steps.querySelector("select");
      if (select) select.value = "";
      steps.hidden = true;
      return `已选：${one.fullName}。要改就重新输入。`;
    },
    changed: () => { steps.hidden = false; },
    none: (text) => `没有查到“${text}”，请在下面逐级选择。`,
    failed: "暂时查不了，请在下面逐级选择。",
  });
  box.append(label, hint, input, list, said);
  steps.before(box);
}
