// Quick exit (FEATURES A36): the page is emptied at once and its entry in the history replaced. Three times Esc does the same.
const link = document.querySelector("[data-exit]");
const WITHIN = 1500;
let pressed = [];

function leave() {
  document.title = "\u00a0";
  document.body.replaceChildren();
  try {
    sessionStorage.clear();
  } catch {
    // storage may be closed; there is nothing to clear then
  }
  location.replace(link.href);
}

link?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") {
    pressed = [];
    return;
  }
  const now = Date.now();
  pressed = [...pressed.filter((at) => now - at < WITHIN), now];
  if (pressed.length >= 3 && link) leave();
});

// A page that the browser kept whole must not come back with the back button after leaving.
addEventListener("pageshow", (event) => {
  if (event.persisted && !document.body.childElementCount) location.reload();
});
