// Type-ahead for a region, above the steps that work without it. A combobox with a list box (WAI-ARIA 1.2).
const WAIT = 200;
const LEVELS = ["", "省", "市（州）", "县（市、区）", "乡镇（街道）", "村（社区）"];

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
  const input = Object.assign(document.createElement("input"), { id, type: "text", autocomplete: "off", maxLength: 40 });
  const list = Object.assign(document.createElement("ul"), { id: `${id}-list`, hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "hint" });
  said.setAttribute("role", "status");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "查到的地区");
  for (const [key, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
    "aria-describedby": hint.id,
  })) input.setAttribute(key, value);
  box.append(label, hint, input, list, said);
  steps.before(box);

  let timer = 0;
  let asked = 0;
  let current = -1;

  const close = () => {
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (index) => {
    const options = [...list.children];
    if (!options.length) return;
    current = (index + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === current)));
    input.setAttribute("aria-activedescendant", options[current].id);
    options[current].scrollIntoView({ block: "nearest" });
  };

  const choose = (option) => {
    hidden.value = option.dataset.code;
    input.value = option.dataset.full;
    const select = steps.querySelector("select");
    if (select) select.value = "";
    steps.hidden = true;
    said.textContent = `已选：${option.dataset.full}。要改就重新输入。`;
    close();
  };

  const show = (results, text) => {
    list.replaceChildren(
      ...results.map((one, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.code = one.code;
        option.dataset.full = one.fullName;
        option.append(one.name, Object.assign(document.createElement("span"), {
          className: "hint",
          textContent: `${LEVELS[one.level]} · ${one.fullName}`,
        }));
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => choose(option));
        return option;
      }),
    );
    list.hidden = !results.length;
    input.setAttribute("aria-expanded", String(results.length > 0));
    said.textContent = results.length ? `查到 ${results.length} 个，用上下键选择。` : `没有查到“${text}”，请在下面逐级选择。`;
  };

  const find = async () => {
    const text = input.value.trim();
    if (!text) {
      said.textContent = "";
      return close();
    }
    const mine = ++asked;
    try {
      const answer = await fetch(`${field.dataset.region}?text=${encodeURIComponent(text)}`);
      if (mine !== asked) return;
      if (!answer.ok) throw new Error(String(answer.status));
      show((await answer.json()).results, text);
    } catch {
      said.textContent = "暂时查不了，请在下面逐级选择。";
      close();
    }
  };

  input.addEventListener("input", () => {
    steps.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(find, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? current + 1 : current < 0 ? -1 : current - 1);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      choose(list.children[Math.max(current, 0)]);
    } else if (event.key === "Escape") {
      close();
    }
  });
  input.addEventListener("blur", close);
}
