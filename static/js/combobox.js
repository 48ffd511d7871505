// A text field that suggests while somebody types: a combobox with a list box (WAI-ARIA 1.2).
const WAIT = 200;
const LEVELS = ["", "省", "市（州）", "县（市、区）", "乡镇（街道）", "村（社区）"];

// find(text) → results with code, name, fullName, level; choose(one) when one is taken; changed() at every stroke.
// With `eager`, Enter takes the first result; without, it sends the form unless one was marked.
export function suggests(input, { label, find, choose, changed, none, failed, eager }) {
  const list = Object.assign(document.createElement("ul"), { id: `${input.id}-list`, hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "hint" });
  said.setAttribute("role", "status");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  for (const [key, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  })) input.setAttribute(key, value);
  input.autocomplete = "off";

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

  const take = (one) => {
    said.textContent = choose(one);
    close();
  };

  const option = (one, at) => {
    const made = document.createElement("li");
    made.id = `${list.id}-${at}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.append(one.name, Object.assign(document.createElement("span"), {
      className: "hint",
      textContent: `${LEVELS[one.level]} · ${one.fullName}`,
    }));
    made.addEventListener("mousedown", (event) => event.preventDefault());
    made.addEventListener("click", () => take(one));
    return made;
  };

  const show = (results, text) => {
    list.replaceChildren(...results.map(option));
    list.hidden = !results.length;
    input.setAttribute("aria-expanded", String(results.length > 0));
    said.textContent = results.length ? `查到 ${results.length} 个，用上下键选择。` : none(text);
  };

  const look = async () => {
    const text = input.value.trim();
    const mine = ++asked;
    if (!text) {
      said.textContent = "";
      return close();
    }
    try {
      const results = await find(text);
      if (mine === asked) show(results, text);
    } catch {
      said.textContent = failed;
      close();
    }
  };

  input.addEventListener("input", () => {
    changed();
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? current + 1 : current < 0 ? -1 : current - 1);
    } else if (event.key === "Enter" && !list.hidden && (eager || current >= 0)) {
      event.preventDefault();
      list.children[Math.max(current, 0)].click();
    } else if (event.key === "Escape") {
      close();
    }
  });
  input.addEventListener("blur", close);
  input.form?.addEventListener("submit", () => clearTimeout(timer));
  return { list, said };
}

export async function results(answer) {
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).results;
}
