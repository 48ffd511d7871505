// What was picked, with a preview, before it is sent; and how far the sending is.
const KILO = 1024;

const size = (bytes) => (bytes < KILO * KILO ? `${Math.max(1, Math.round(bytes / KILO))} KB` : `${(bytes / KILO / KILO).toFixed(1)} MB`);

function list(input) {
  const shown = document.createElement("ul");
  shown.className = "files picked";
  shown.setAttribute("aria-live", "polite");
  input.after(shown);
  input.addEventListener("change", () => {
    for (const picture of shown.querySelectorAll("img")) URL.revokeObjectURL(picture.src);
    shown.replaceChildren(...[...input.files].map(row));
  });
}

function row(file) {
  const item = document.createElement("li");
  if (/^image\/(jpeg|png|webp)$/.test(file.type)) {
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = URL.createObjectURL(file);
    item.append(picture);
  } else {
    const sheet = document.createElement("span");
    sheet.className = "sheet";
    sheet.dataset.kind = file.name.split(".").pop().slice(0, 4).toUpperCase();
    item.append(sheet);
  }
  const name = document.createElement("span");
  name.textContent = `${file.name}（${size(file.size)}）`;
  item.append(name);
  return item;
}

function progress(form) {
  form.addEventListener("submit", (event) => {
    const files = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
    if (!files || event.defaultPrevented) return;
    event.preventDefault();
    send(form, event.submitter);
  });
}

function send(form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.setAttribute("aria-label", "上传进度");
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.textContent = "正在上传，请不要关掉这一页。";
  form.append(said, bar);
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (event.loaded / event.total) * 100;
  });
  request.addEventListener("load", () => arrive(request));
  request.addEventListener("error", () => {
    bar.remove();
    said.textContent = "没有传上去，可能是网络断了。您选的文件还在，请再按一次按钮。";
    delete form.dataset.sent;
  });
  request.open("POST", form.action);
  request.send(data);
}

function arrive(request) {
  const here = request.responseURL || location.href;
  if (request.status < 300 && here.startsWith(location.origin)) {
    location.assign(here);
    return;
  }
  // Something to put right: show the page that came back, as the browser would have.
  const came = new DOMParser().parseFromString(request.responseText, "text/html");
  document.title = came.title;
  document.body.replaceWith(came.body);
  document.querySelector("[data-focus]")?.focus();
}

for (const input of document.querySelectorAll("input[data-upload]")) list(input);
for (const form of document.querySelectorAll("form[enctype='multipart/form-data']")) progress(form);
