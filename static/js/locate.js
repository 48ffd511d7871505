// Where somebody is: their browser's position, asked for by their own tap; and names suggested while they type.
// Both go into the body of a form. Neither is kept here, nor put into an address.
import { results, suggests } from "./combobox.js";

const DIGITS = 4; // of a degree: some ten metres, and no finer than it need be
const REFUSED = { 1: "没有得到您的允许，所以不知道您在哪里。", 2: "手机或电脑现在找不到位置。", 3: "等了很久也没有找到位置。" };
const INSTEAD = "没关系，请在下面输入地名。";

export function begin() {
  const form = document.querySelector("[data-locate]:not([data-begun])");
  if (!form) return;
  form.dataset.begun = "yes";
  const input = form.querySelector("input[name='place']");
  const set = (name, value) => { form.querySelector(`input[name="${name}"]`).value = value; };
  if (navigator.geolocation && isSecureContext) offer(form, input, set);
  suggest(form, input, set);
}

function offer(form, input, set) {
  const part = form.querySelector("[data-locate-here]");
  const button = part.querySelector("button");
  const said = part.querySelector("[role='status']");
  part.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-disabled", "true");
    said.textContent = "正在找您的位置……";
    navigator.geolocation.getCurrentPosition(found, missed, { timeout: 15000, maximumAge: 60000 });
  });

  const found = ({ coords }) => {
    button.removeAttribute("aria-disabled");
    said.textContent = "找到了，正在查最近的服务点……";
    input.value = "";
    set("region", "");
    set("lat", coords.latitude.toFixed(DIGITS));
    set("lon", coords.longitude.toFixed(DIGITS));
    form.requestSubmit();
  };

  const missed = (error) => {
    button.removeAttribute("aria-disabled");
    said.textContent = `${REFUSED[error.code] ?? REFUSED[2]}${INSTEAD}`;
    input.focus();
  };
}

function suggest(form, input, set) {
  const clear = () => ["region", "lat", "lon"].forEach((name) => set(name, ""));
  const { list, said } = suggests(input, {
    label: "可能的地方",
    find: async (text) => {
      const body = new FormData();
      body.set("text", text);
      body.set("csrf_token", form.elements.csrf_token.value);
      return results(await fetch(form.dataset.locate, { method: "POST", body }));
    },
    choose: (one) => {
      input.value = one.fullName;
      set("region", one.code);
      return `已选：${one.fullName}。`;
    },
    changed: clear,
    none: () => "",
    failed: "",
  });
  const box = Object.assign(document.createElement("div"), { className: "region-typed" });
  input.closest(".input-row").after(box);
  box.append(list, said);
}
