// A second tap sends nothing; long texts say how much room is left.
for (const form of document.querySelectorAll("form[data-form]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 8000); // nothing came back: let them try again; the key makes it safe
  });
}

addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

for (const area of document.querySelectorAll("textarea[data-count]")) {
  const note = document.createElement("p");
  note.className = "hint count";
  note.setAttribute("aria-live", "polite");
  const say = () => {
    const left = area.maxLength - area.value.length;
    note.textContent = left < area.maxLength / 4 ? `还可以写 ${left} 个字` : "";
  };
  area.addEventListener("input", say);
  area.after(note);
  say();
}
