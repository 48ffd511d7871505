// The pages work without any of this. Each module is fetched only where a page has something for it.
import "./exit.js";

const when = (selector, load) => document.querySelector(selector) && load();

document.querySelector("[data-focus]")?.focus();

for (const link of document.querySelectorAll(".summary a[href^='#']")) {
  link.addEventListener("click", (event) => {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus({ preventScroll: true });
    (field.closest(".field") ?? field).scrollIntoView({ block: "start" });
  });
}

when("[data-form]", () => import("./forms.js"));
when("[data-signature]", () => import("./signature.js"));
when("[data-upload]", () => import("./upload.js"));
when("[data-help-here]", () => import("./help.js"));
when("[data-fresh]", () => import("./fresh.js"));
when("[data-acts]", () => import("./doorstep.js"));
when("[data-countdown]", () => import("./countdown.js"));
when("[data-hold]", () => import("./hold.js"));
when("[data-device]", () => import("./device.js"));
when("select[data-filter]", () => import("./filter.js"));
when("[data-autosave]", () => import("./autosave.js"));
when("[data-look]", () => import("./look.js"));
when("[data-region]", () => import("./region.js"));
when("[data-near]", () => import("./near.js"));
when("html[data-mode='elder'] main, [data-read]", () => import("./read.js"));

// What pages of places have in them comes anew with every answer.
const begin = (module) => module.begin();
const places = () => {
  when("[data-locate]", () => import("./locate.js").then(begin));
  when("[data-pin]", () => import("./pin.js").then(begin));
  when("[data-schematic][hidden]", () => import("./schematic.js").then(begin));
  when("[data-tiles][hidden]", () => import("./tiles.js").then(begin));
};
places();
document.addEventListener("shown", places);

if (!document.body.matches(".desk")) navigator.serviceWorker?.register("/worker.js").catch(() => {});
