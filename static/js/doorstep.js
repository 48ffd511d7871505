// On site without a signal: what was tapped waits on this device and is sent when there is one. Each act carries its
// own key, so that sending twice does no harm. No name, address or position is kept here.
const STORE = "rufa-acts";
const page = document.querySelector("[data-acts]");
const status = page.querySelector("[data-acts-waiting]");
const waiting = () => JSON.parse(localStorage.getItem(STORE) ?? "[]");
const keep = (acts) => (acts.length ? localStorage.setItem(STORE, JSON.stringify(acts)) : localStorage.removeItem(STORE));
const say = (words) => (status.textContent = words);

const send = async ({ action, fields }) => {
  const token = page.querySelector("[name=csrf_token]")?.value ?? "";
  const body = new URLSearchParams({ ...fields, csrf_token: token });
  const answer = await fetch(action, { method: "POST", body });
  // Signed out meanwhile, or the service is away: it goes on waiting. Refused for good: it need not.
  return (answer.ok && !new URL(answer.url).pathname.startsWith("/desk/sign-in")) || answer.status === 422;
};

const flush = async () => {
  let sent = 0;
  for (const one of waiting()) {
    if (!(await send(one).catch(() => false))) break;
    keep(waiting().filter((other) => other.fields.client_key !== one.fields.client_key));
    sent += 1;
  }
  const left = waiting().length;
  if (left) say(`还有 ${left} 件没有送出，有信号时自动送。请不要清除浏览器数据。`);
  return sent > 0 && !left;
};

const where = () =>
  new Promise((resolve) => {
    if (!navigator.geolocation || !navigator.onLine) return resolve({});
    const found = ({ coords }) => resolve({ lat: coords.latitude, lon: coords.longitude });
    navigator.geolocation.getCurrentPosition(found, () => resolve({}), { enableHighAccuracy: true, timeout: 8000 });
  });

page.addEventListener("submit", async (event) => {
  const form = event.target;
  const fields = Object.fromEntries(new FormData(form));
  if (!fields.client_key) return;
  event.preventDefault();
  delete fields.csrf_token;
  fields.at = new Date().toISOString();
  const one = { action: form.action, fields };
  keep([...waiting().filter((other) => other.fields.client_key !== fields.client_key), one]); // first: nothing is lost
  say("正在记下……");
  const position = fields.kind === "ARRIVED" ? await where() : {};
  if (await send({ ...one, fields: { ...fields, ...position } }).catch(() => false)) {
    keep(waiting().filter((other) => other.fields.client_key !== fields.client_key));
    location.reload();
    return;
  }
  say(`没有信号，先记在这台手机上（还有 ${waiting().length} 件没有送出），有信号时自动送。`);
});

addEventListener("online", async () => (await flush()) && location.reload());
flush().then((all) => all && location.reload());
