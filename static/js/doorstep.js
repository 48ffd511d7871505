// On site without a signal: what was tapped or photographed waits on this device and is sent when there is one, each
// under its own key, so that sending twice does no harm. What the service will not take is said in words.
import { drop, keep, waiting } from "./waiting.js";

const AGAIN = 20_000; // what waits is tried again so often, for a signal that comes and goes says nothing
const REFUSED = "rufa-acts-refused";
const page = document.querySelector("[data-acts]");
const status = page.querySelector("[data-acts-waiting]");
const alert = page.querySelector("[data-acts-refused]");
const list = alert.querySelector("h2").insertAdjacentElement("afterend", document.createElement("ul"));
const refused = () => JSON.parse(localStorage.getItem(REFUSED) ?? "[]");
const say = (words) => (status.textContent = words);
const clock = (at) => new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
const fresh = () => crypto.randomUUID().replaceAll("-", "");

const show = () => {
  const lines = refused().map((one) => {
    const line = document.createElement("li");
    line.textContent = `${clock(one.at)} ${one.label}：${one.why}`;
    return line;
  });
  alert.hidden = !lines.length;
  list.replaceChildren(...lines);
};

const why = async (answer) => {
  const shown = new DOMParser().parseFromString(await answer.text(), "text/html");
  return shown.querySelector("#problems li")?.textContent.trim().replace(/\s+/g, " ") || "没有记上，请打开这一家再记。";
};

let signedOut = false;

// true: it need not wait any more. Signed out meanwhile, or the service is away: it goes on waiting. What is refused for
// good is said in words.
const send = async (one) => {
  if (!navigator.onLine) return false;
  const body = new FormData();
  const token = page.querySelector("[name=csrf_token]")?.value ?? "";
  for (const [name, value] of Object.entries({ ...one.fields, csrf_token: token })) body.set(name, value);
  if (one.photo) body.set("photo", one.photo, "photo.jpg");
  const answer = await fetch(one.action, { method: "POST", body });
  if (new URL(answer.url).pathname.startsWith("/desk/sign-in")) {
    signedOut = true;
    return false;
  }
  if ([404, 409, 413, 422].includes(answer.status)) {
    const told = { at: one.at, label: one.label, why: await why(answer) };
    localStorage.setItem(REFUSED, JSON.stringify([...refused(), told]));
    show();
    return true;
  }
  return answer.ok;
};

const flush = async () => {
  let sent = 0;
  for (const one of await waiting()) {
    const isKept = await send(one).catch(() => null);
    if (isKept === null || !navigator.onLine) break;
    if (!isKept) continue; // not now: that the team is well does not wait for a photograph
    await drop(one.key);
    sent += 1;
  }
  const left = (await waiting()).length;
  if (left && signedOut) say("登录过期了。记下的都还在：请重新登录，再打开这一页。");
  else if (left) say(`还有 ${left} 件没有送出，有信号时自动送。请不要清除浏览器数据。`);
  return sent > 0 && !left;
};

const where = () =>
  new Promise((resolve) => {
    if (!navigator.geolocation || !navigator.onLine) return resolve({});
    const found = ({ coords }) => resolve({ lat: coords.latitude, lon: coords.longitude });
    navigator.geolocation.getCurrentPosition(found, () => resolve({}), { enableHighAccuracy: true, timeout: 8000 });
  });

// Small enough to be sent over a weak line, large enough to be read; where it was taken does not go along.
const smaller = async (file) => {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, 2000 / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(picture.width * scale, picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
};

const read = async (form) => {
  const fields = Object.fromEntries(new FormData(form));
  const { photo, csrf_token: _token, ...plain } = fields;
  const at = new Date().toISOString();
  const label = form.querySelector("[type=submit]").textContent.trim();
  const one = { key: plain.client_key, action: form.action, at, label, fields: { ...plain, at } };
  return photo instanceof File ? { ...one, photo: await smaller(photo) } : one;
};

page.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.elements.client_key) return;
  const file = form.elements.photo;
  if (file && !file.files.length) return;
  event.preventDefault();
  say("正在记下……");
  const one = await read(form);
  await keep(one); // first: nothing is lost
  form.reset();
  for (const name of ["client_key", "idempotency_key"]) form.elements[name].value = fresh(); // the next tap is another
  const position = one.fields.kind === "ARRIVED" ? await where() : {};
  if (await send({ ...one, fields: { ...one.fields, ...position } }).catch(() => false)) {
    await drop(one.key);
    if (!refused().length) location.reload();
    return;
  }
  const left = (await waiting()).length;
  if (left) say(`${clock(one.at)} ${one.label}：没有信号，先记在这台手机上（还有 ${left} 件没有送出），有信号时自动送。`);
});

alert.querySelector("button").addEventListener("click", () => {
  localStorage.removeItem(REFUSED);
  location.reload();
});
let trying = false; // one after the other: two at once would send the same twice
const again = async () => {
  if (trying) return;
  trying = true;
  const all = await flush().finally(() => (trying = false));
  if (all && !refused().length) location.reload();
};
addEventListener("online", again);
setInterval(async () => (await waiting()).length && again(), AGAIN);
show();
again();
