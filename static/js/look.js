// Shows what readers would see while somebody writes: <div data-look="/desk/content/…/look"> beside the form.
// Without this the button 看看样子和检查结果 does the same.
const QUIET = 900;

for (const beside of document.querySelectorAll("[data-look]")) {
  const form = document.querySelector("form[data-autosave]");
  let timer = 0;
  let asked = 0;

  async function look() {
    const mine = ++asked;
    const answer = await fetch(beside.dataset.look, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (answer?.ok && mine === asked) beside.innerHTML = await answer.text();
  }

  form?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, QUIET);
  });
}
