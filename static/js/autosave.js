// Saves a form as it is filled: <form data-form data-autosave="/apply/…/autosave">.
// The answer is {"savedAt": "10:32", "version": 4}; the version goes back with the form.
// Nothing is kept in the browser: a shared telephone remembers nothing.
const QUIET = 1500;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  let timer = 0;
  let changed = false;
  const said = form.querySelector(".saved") ?? form.appendChild(document.createElement("p"));
  said.className = "saved";
  said.setAttribute("role", "status");

  async function save() {
    if (!changed) return;
    changed = false;
    const data = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) data.delete(input.name);
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: data, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const saved = await answer.json();
      said.textContent = `已保存 ${saved.savedAt}`;
      if (form.elements.version) form.elements.version.value = saved.version;
    } catch {
      changed = true;
      said.textContent = "还没有存上，稍后会再试。您填的内容还在。";
      timer = setTimeout(save, 10000);
    }
  }

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, QUIET);
  });
  form.addEventListener("submit", () => {
    changed = false;
    clearTimeout(timer);
  });
}
