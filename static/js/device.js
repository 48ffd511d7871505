// Tries the camera, the microphone and the network on <div data-device>; nothing is sent or recorded. Where one of them
// cannot work at all, and it is tried for a talk, the talk is held by telephone: the form below is sent.
const box = document.querySelector("[data-device]");
const picture = box.querySelector("video");
const say = (part, words) => (box.querySelector(`[data-part='${part}']`).textContent = words);
const SLOW = 1500;
const instead = box.querySelector("[data-fallback]");

function byTelephone() {
  if (!instead) return;
  instead.hidden = false;
  setTimeout(() => instead.querySelector("form").requestSubmit(), 4000); // time to read it, and to leave
}

async function part(kind) {
  try {
    return await navigator.mediaDevices.getUserMedia({ [kind]: true });
  } catch (fault) {
    const mayYet = fault.name === "NotAllowedError";
    say(kind, mayYet ? "没有允许，请在浏览器的设置里允许" : "用不了");
    if (!mayYet) byTelephone();
    return null;
  }
}

function heard(stream) {
  const context = new AudioContext();
  const meter = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(meter);
  const level = new Uint8Array(meter.fftSize);
  const ends = Date.now() + 8000;
  say("audio", "请说一句话");
  const listen = setInterval(() => {
    meter.getByteTimeDomainData(level);
    const loud = Math.max(...level) > 140;
    if (!loud && Date.now() < ends) return;
    clearInterval(listen);
    say("audio", loud ? "可以，听到您说话了" : "打开了，但没有听到声音");
    for (const track of stream.getTracks()) track.stop();
    context.close();
  }, 200);
}

async function network() {
  const began = performance.now();
  try {
    await fetch("/robots.txt", { cache: "no-store" });
    const took = performance.now() - began;
    say("network", took < SLOW ? "可以" : "有点慢，视频可能会卡；打电话更稳");
  } catch {
    say("network", "连不上，请换个地方再试");
  }
}

async function start() {
  await network();
  if (!navigator.mediaDevices) {
    say("video", "这个浏览器不支持");
    say("audio", "这个浏览器不支持");
    byTelephone();
    return;
  }
  const seen = await part("video");
  if (seen) {
    picture.srcObject = seen;
    picture.hidden = false;
    picture.play();
    say("video", "可以，看看画面里是不是您");
  }
  const sound = await part("audio");
  if (sound) heard(sound);
}

box.hidden = false;
box.querySelector("button").addEventListener("click", start);
addEventListener("pagehide", () => picture.srcObject?.getTracks().forEach((track) => track.stop()));
