// A schematic of the list: you in the middle, rings of distance, places by bearing, the numbers those of the list.
// It is no map: no borders, no roads, nothing from elsewhere. The list says the same, and more.
const HALF = 200;
const EDGE = 12;
const STEPS = [1, 2, 5];
const ROUNDS = 80;
const SVG = "http://www.w3.org/2000/svg";

// The distance of the rings in metres, the widest first: at least as wide as the farthest place.
export function rings(farthest) {
  const wide = [];
  for (let ten = 100; ten <= 1e7; ten *= 10) wide.push(...STEPS.map((step) => step * ten));
  const at = Math.max(wide.findIndex((one) => one >= farthest), 2);
  return [wide[at], wide[at - 1], wide[at - 2]];
}

export function words(metres) {
  return metres < 1000 ? `${metres} 米` : `${metres / 1000} 公里`;
}

// Places [{metres, bearing}] → where to draw them: near ones get more room than far ones, and none covers another.
export function layout(places, mark) {
  const around = rings(Math.max(...places.map((one) => one.metres)));
  const room = HALF - mark - EDGE;
  const reach = (metres) => room * Math.sqrt(metres / around[0]);
  const points = places.map(({ metres, bearing }, at) => {
    const angle = ((bearing + at * 0.01) * Math.PI) / 180;
    const far = Math.max(reach(metres), 1);
    return { x: HALF + far * Math.sin(angle), y: HALF - far * Math.cos(angle) };
  });
  const you = { x: HALF, y: HALF };
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    points.forEach((one, at) => {
      for (const other of [you, ...points.slice(0, at)]) moved = apart(one, other, other !== you, 2 * mark + 8) || moved;
    });
    for (const one of points) {
      one.x = Math.min(Math.max(one.x, mark + 6), 2 * HALF - mark - 6);
      one.y = Math.min(Math.max(one.y, mark + 6), 2 * HALF - mark - 6);
    }
    if (!moved) break;
  }
  return { rings: around.map((metres) => ({ metres, radius: reach(metres) })), points };
}

function apart(one, other, both, wanted) {
  let [dx, dy] = [one.x - other.x, one.y - other.y];
  const now = Math.hypot(dx, dy);
  if (now >= wanted) return false;
  if (now < 0.01) [dx, dy] = [0.6, 0.8];
  const push = (wanted - now + 0.5) / Math.max(now, 1) / (both ? 2 : 1);
  one.x += dx * push;
  one.y += dy * push;
  if (both) {
    other.x -= dx * push;
    other.y -= dy * push;
  }
  return true;
}

// The direction in which the words of the rings cover the fewest places.
function clear(around, points) {
  const room = (angle) => Math.min(...around.flatMap(({ radius }) => points.map(({ x, y }) =>
    Math.hypot(HALF + radius * Math.sin(angle) - x, HALF - radius * Math.cos(angle) - y))));
  const angles = [3, 5, 1, 7].map((eighth) => (eighth * Math.PI) / 4);
  return angles.reduce((best, one) => (room(one) > room(best) ? one : best));
}

function made(name, attributes, ...inside) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

export function draw(places, size, centre) {
  const mark = 13 * size;
  const { rings: around, points } = layout(places, mark);
  const drawn = made("svg", { viewBox: `0 0 ${2 * HALF} ${2 * HALF}`, role: "group", "aria-label": "示意图，上方是北", "font-size": 13 * size });
  for (const { radius } of around) drawn.append(made("circle", { class: "ring", cx: HALF, cy: HALF, r: radius }));
  drawn.append(made("path", { class: "cross", d: `M${HALF} ${EDGE}V${2 * HALF - EDGE}M${EDGE} ${HALF}H${2 * HALF - EDGE}` }));
  drawn.append(made("text", { class: "north", x: HALF, y: 14 * size, "aria-hidden": "true" }, "北"));
  const angle = clear(around, points);
  for (const { metres, radius } of around) {
    const [x, y] = [HALF + radius * Math.sin(angle), HALF - radius * Math.cos(angle)];
    drawn.append(made("text", { class: "far", x, y, "aria-hidden": "true" }, words(metres)));
  }
  drawn.append(made("circle", { class: "you", cx: HALF, cy: HALF, r: mark }), made("text", { class: "you-word", x: HALF, y: HALF, "aria-hidden": "true" }, centre));
  places.forEach((place, at) => {
    const { x, y } = points[at];
    const looks = place.open ? "spot open" : "spot";
    const link = made("a", { href: `#${place.id}`, class: looks, "aria-label": place.said });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById(place.id).scrollIntoView({ block: "start" });
      document.querySelector(`#${place.id} h3 a`).focus({ preventScroll: true });
    });
    if (place.about) link.append(made("circle", { class: "halo", cx: x, cy: y, r: mark + 5 }));
    link.append(made("circle", { class: "dot", cx: x, cy: y, r: mark }), made("text", { x, y, "aria-hidden": "true" }, String(place.number)));
    drawn.append(link);
  });
  return drawn;
}

export function read(list) {
  return [...list.querySelectorAll("[data-metres]")].map((one) => ({
    id: one.id,
    number: Number(one.dataset.number),
    metres: Number(one.dataset.metres),
    bearing: Number(one.dataset.bearing),
    open: "open" in one.dataset,
    about: "about" in one.dataset,
    said: one.dataset.said,
  }));
}

export function begin() {
  const figure = document.querySelector("[data-schematic][hidden]");
  const places = read(document);
  if (!figure || !places.length) return;
  const size = Math.min(parseFloat(getComputedStyle(document.documentElement).fontSize) / 16, 1.5);
  figure.querySelector("figure").prepend(draw(places, size, figure.dataset.schematic));
  figure.hidden = false;
  figure.open = matchMedia("(min-width: 68.75em)").matches;
}
