// Marking a home without a map: one's position by one's own tap, arrow keys or a tap on a picture of our own.
// The figures go into the two fields of the form, and nowhere else; the words beside say where the pin is.
const DIGITS = 4; // of a degree: some ten metres
const DEGREE = 111320;
const STEP = 100;
const FINE = 20;
const HALF = 150; // of the picture
const METRES = 1000; // from its middle to its edge
const SVG = "http://www.w3.org/2000/svg";
const POINTS = ["北", "东北", "东", "东南", "南", "西南", "西", "西北"];
const KEYS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function begin() {
  const part = document.querySelector("[data-pin]:not([data-begun])");
  if (!part) return;
  part.dataset.begun = "yes";
  const [lat, lon] = ["pin_lat", "pin_lon"].map((name) => part.querySelector(`[name="${name}"]`));
  const base = { lat: Number(part.dataset.lat), lon: Number(part.dataset.lon) };
  const wide = DEGREE * Math.cos((base.lat * Math.PI) / 180);
  const said = part.querySelector("[data-pin-said]");

  const off = () => {
    if (!lat.value || !lon.value) return null;
    return { north: (Number(lat.value) - base.lat) * DEGREE, east: (Number(lon.value) - base.lon) * wide };
  };
  const put = ({ north, east }) => {
    lat.value = (base.lat + north / DEGREE).toFixed(DIGITS);
    lon.value = (base.lon + east / wide).toFixed(DIGITS);
    show();
  };
  const show = () => {
    const at = off();
    said.textContent = at ? words(part.dataset.name, at) : "还没有标。";
    picture.set(at);
  };
  const picture = draw(part.querySelector("[data-pin-picture]"), { off, put });
  for (const field of [lat, lon]) field.addEventListener("change", show);
  here(part.querySelector("[data-pin-here]"), said, ({ latitude, longitude }) => {
    put({ north: (latitude - base.lat) * DEGREE, east: (longitude - base.lon) * wide });
  });
  show();
}

export function words(name, { north, east }) {
  const far = Math.hypot(north, east);
  if (far < 30) return `现在标在${name}的中心。`;
  const bearing = ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
  const long = far < 1000 ? `${Math.round(far / 10) * 10} 米` : `${(far / 1000).toFixed(1)} 公里`;
  return `现在标在${name}中心的${POINTS[Math.round(bearing / 45) % POINTS.length]}边，大约 ${long}。`;
}

function here(part, said, found) {
  if (!navigator.geolocation || !isSecureContext) return;
  part.hidden = false;
  part.querySelector("button").addEventListener("click", () => {
    said.textContent = "正在找您的位置……";
    const missed = () => { said.textContent = "没有找到位置。没关系，不标也可以。"; };
    navigator.geolocation.getCurrentPosition(({ coords }) => found(coords), missed, { timeout: 15000, maximumAge: 60000 });
  });
}

// A picture that is no map: the middle of the place, rings of distance, the pin. Arrow keys move it, Shift by less.
function draw(part, { off, put }) {
  const node = (name, more) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(more)) made.setAttribute(key, value);
    return made;
  };
  const size = 2 * HALF;
  const label = "标位置：方向键每次挪 100 米，按住 Shift 挪 20 米";
  const svg = node("svg", { viewBox: `0 0 ${size} ${size}`, tabindex: 0, role: "application", "aria-label": label });
  for (const metres of [1000, 500, 200]) {
    svg.append(node("circle", { cx: HALF, cy: HALF, r: (HALF * metres) / METRES - 1, class: "ring" }));
    const text = node("text", { x: HALF + 4, y: HALF - (HALF * metres) / METRES + 14 });
    text.textContent = metres < 1000 ? `${metres} 米` : "1 公里";
    svg.append(text);
  }
  svg.append(node("circle", { cx: HALF, cy: HALF, r: 4, class: "middle" }));
  const mark = node("circle", { r: 8, class: "mark", visibility: "hidden" });
  svg.append(mark);
  svg.addEventListener("keydown", (event) => {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? FINE : STEP;
    const at = off() ?? { north: 0, east: 0 };
    put({ north: at.north + way[0] * step, east: at.east + way[1] * step });
  });
  svg.addEventListener("click", (event) => {
    const box = svg.getBoundingClientRect();
    const metres = (part) => (part - 0.5) * 2 * METRES;
    put({ north: -metres((event.clientY - box.top) / box.height), east: metres((event.clientX - box.left) / box.width) });
  });
  part.append(svg);
  part.hidden = false;
  const inside = (metres, far) => (metres * HALF) / Math.max(METRES * 1.06, far); // whoever is farther off stands on the edge
  return {
    set(at) {
      mark.setAttribute("visibility", at ? "visible" : "hidden");
      if (!at) return;
      const far = Math.hypot(at.north, at.east) * 1.06;
      mark.setAttribute("cx", HALF + inside(at.east, far));
      mark.setAttribute("cy", HALF - inside(at.north, far));
    },
  };
}
