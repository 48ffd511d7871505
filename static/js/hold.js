// A time that is kept while the form is filled in: <div data-hold="/visits/hold/…/" data-seconds="600">.
// Says politely how long is left; gives the time back soon after the page is left, and not when it is only loaded again.
const box = document.querySelector("[data-hold]");
const form = document.querySelector("form[data-form]");
const left = box.querySelector(".left");
const said = box.querySelector("[role='status']");
const ends = Date.now() + Number(box.dataset.seconds) * 1000;
const WORDS = {
  120: "这个时间还为您留 2 分钟。要更久，请点“再多留一会儿”。",
  30: "这个时间还为您留半分钟。要更久，请点“再多留一会儿”。",
  0: "这个时间不再为您留着了。填的内容都在，现在还可以约。",
};
const due = Object.keys(WORDS).map(Number).filter((at) => at < Number(box.dataset.seconds)).sort((a, b) => a - b);

function tick() {
  const seconds = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
  left.textContent = `，还有 ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (due.length && seconds <= due.at(-1)) {
    said.textContent = WORDS[due.pop()];
    said.classList.remove("unseen");
  }
  if (!seconds) clearInterval(timer);
}

function tell(way) {
  const body = new FormData();
  body.set("csrf_token", form.elements.csrf_token.value);
  body.set("idempotency_key", `${way}-${Date.now()}-${Math.random().toString(36).slice(2)}`);
  navigator.sendBeacon(box.dataset.hold + way, body);
}

let sent = false;
form.addEventListener("submit", () => (sent = true));
addEventListener("pagehide", () => sent || tell("left"));
addEventListener("pageshow", (event) => {
  sent = false;
  if (event.persisted) tell("back");
});
if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") tell("back");
const timer = setInterval(tick, 1000);
tick();
