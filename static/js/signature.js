// A signature by finger, pen or mouse. Kept as strokes, so that one can be taken back; sent as a PNG in a hidden field.
// Somebody who cannot draw types the name instead: the page always offers both.
const INK = "#14213d";
const WIDTH = 2.6;

function pad(root) {
  const canvas = root.querySelector("canvas");
  const field = root.querySelector("input[type=hidden]");
  const status = root.querySelector("[role=status]");
  const context = canvas.getContext("2d");
  let strokes = [];
  let current = null;

  function fit() {
    const ratio = Math.max(devicePixelRatio || 1, 2);
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint();
  }

  function paint() {
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.strokeStyle = INK;
    context.fillStyle = INK;
    context.lineWidth = WIDTH;
    context.lineCap = "round";
    context.lineJoin = "round";
    for (const stroke of strokes) line(stroke);
  }

  function line([first, ...rest]) {
    context.beginPath();
    if (!rest.length) {
      context.arc(first.x, first.y, WIDTH / 2, 0, 7);
      context.fill();
      return;
    }
    context.moveTo(first.x, first.y);
    let last = first;
    for (const point of rest) {
      context.quadraticCurveTo(last.x, last.y, (last.x + point.x) / 2, (last.y + point.y) / 2);
      last = point;
    }
    context.lineTo(last.x, last.y);
    context.stroke();
  }

  function keep(said) {
    field.value = strokes.length ? canvas.toDataURL("image/png") : "";
    status.textContent = said;
  }

  function at(event) {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    current = [at(event)];
    strokes.push(current);
    paint();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!current) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length ? all : [event]) current.push(at(one));
    paint();
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(kind, () => {
      if (!current) return;
      current = null;
      keep("已签名");
    });
  }
  root.querySelector("[data-undo]").addEventListener("click", () => {
    strokes.pop();
    paint();
    keep(strokes.length ? "撤销了一笔" : "签名是空的");
  });
  root.querySelector("[data-clear]").addEventListener("click", () => {
    strokes = [];
    paint();
    keep("签名已清空");
  });

  root.hidden = false;
  fit();
  new ResizeObserver(fit).observe(canvas);
}

for (const root of document.querySelectorAll("[data-signature]")) pad(root);
