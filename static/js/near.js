// Answers come into the page that is there. So going back sends nothing again, and where somebody is stays in memory:
// no address, no store and no cache has it. Without this the forms are sent as any other.
const seen = [];
let at = 0;
let busy = false;

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("form[data-near]")) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: filled(form, submitter) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    remember();
    history.pushState({ near: ++at }, "", new URL(form.action).pathname);
    show(page.querySelector("main"), page.title);
  } catch {
    form.removeAttribute("data-near");
    form.requestSubmit(submitter);
  } finally {
    busy = false;
  }
});

history.replaceState({ near: 0 }, "");
addEventListener("popstate", ({ state }) => {
  if (!state) return history.replaceState({ near: at }, ""); // a link within the page, such as that to its text
  const to = state.near;
  if (to === at) return;
  if (!seen[to]) return location.reload();
  remember();
  at = to;
  show(seen[to].main, seen[to].title, seen[to].scroll);
});

function filled(form, submitter) {
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  return body;
}

function remember() {
  seen[at] = { main: document.querySelector("main"), title: document.title, scroll: scrollY };
}

function show(main, title, scroll = 0) {
  document.querySelector("main").replaceWith(main);
  document.title = title;
  document.dispatchEvent(new Event("shown"));
  (main.querySelector("[data-focus]") ?? main).focus({ preventScroll: true });
  scrollTo({ top: scroll, behavior: "instant" });
}
