// A long list of places gets a box to type in; the list itself stays the field: <select data-filter="输入地名">.
for (const select of document.querySelectorAll("select[data-filter]")) {
  const all = [...select.options];
  const label = document.createElement("label");
  const box = document.createElement("input");
  const said = document.createElement("p");
  box.id = `${select.id}-filter`;
  box.autocomplete = "off";
  label.htmlFor = box.id;
  label.textContent = select.dataset.filter;
  said.className = "hint";
  said.setAttribute("role", "status");
  box.addEventListener("input", () => {
    const typed = box.value.trim().toLowerCase();
    const fits = all.filter((one) => !one.value || one.text.toLowerCase().includes(typed) || (one.dataset.pinyin ?? "").includes(typed));
    select.replaceChildren(...fits);
    const found = fits.filter((one) => one.value);
    if (found.length === 1) found[0].selected = true;
    said.textContent = typed ? `找到 ${found.length} 个` : "";
  });
  select.before(label, box, said);
}
