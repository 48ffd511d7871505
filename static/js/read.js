// Reads the page aloud with a voice of the device itself; without one there is no button.
const speech = window.speechSynthesis;
const main = document.querySelector("main");
let button = null;

function voice() {
  return speech?.getVoices().find((one) => one.lang.startsWith("zh") && one.localService);
}

function toggle() {
  if (speech.speaking) {
    speech.cancel();
    return;
  }
  for (const part of main.querySelectorAll("h1,h2,h3,p,li,dt,dd,legend,label")) {
    if (part.querySelector("p,li") || !part.offsetParent || part.closest("button")) continue;
    const said = new SpeechSynthesisUtterance(part.textContent.trim());
    said.voice = voice();
    said.lang = "zh-CN";
    said.rate = 0.9;
    said.onstart = () => (button.textContent = "停下");
    said.onend = said.onerror = () => speech.pending || (button.textContent = "读给我听");
    speech.speak(said);
  }
}

function offer() {
  if (button || !voice()) return;
  button = document.createElement("button");
  button.type = "button";
  button.className = "button secondary";
  button.textContent = "读给我听";
  button.addEventListener("click", toggle);
  main.prepend(button);
}

offer();
speech?.addEventListener?.("voiceschanged", offer);
addEventListener("pagehide", () => speech?.cancel());
