// A map with tiles of 天地图, where this place has a key for it; asked for by a tap, as the tiles tell where one looks.
const WMTS = "https://t0.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}";
const CREDIT = '<a href="https://www.tianditu.gov.cn/" rel="noreferrer">天地图</a>';
const ABOUT = 1000; // metres: as exact as an approximate place is

export function begin() {
  const part = document.querySelector("[data-tiles][hidden]");
  if (!part) return;
  part.hidden = false;
  part.querySelector("button").addEventListener("click", () => open(part), { once: true });
}

async function open(part) {
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: part.dataset.style });
  document.head.append(style);
  await import(part.dataset.script);
  const box = Object.assign(document.createElement("div"), { className: "tiles" });
  part.querySelector("button").replaceWith(box);
  show(globalThis.L, box, part.dataset.tiles);
}

function show(L, box, key) {
  const still = document.documentElement.dataset.motion === "still" || matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, { fadeAnimation: !still, zoomAnimation: !still, markerZoomAnimation: !still });
  map.attributionControl.setPrefix(false);
  map.zoomControl.remove();
  L.control.zoom({ zoomInTitle: "放大", zoomOutTitle: "缩小" }).addTo(map);
  for (const layer of ["vec", "cva"]) {
    L.tileLayer(WMTS, { layer, key, maxZoom: 18, referrerPolicy: "origin", attribution: CREDIT }).addTo(map);
  }
  const places = [...document.querySelectorAll("[data-lat]")];
  const { lat, lon } = document.getElementById("search").elements;
  const you = lat.value && lon.value ? [[lat.value, lon.value]] : [];
  const all = [...you, ...places.map((one) => [one.dataset.lat, one.dataset.lon])];
  map.fitBounds(L.latLngBounds(all), { padding: [24, 24], maxZoom: 16 });
  for (const at of you) L.circleMarker(at, { radius: 9, color: "#a8321f", fillOpacity: 1 }).bindTooltip("您", { permanent: true }).addTo(map);
  for (const one of places) place(one).addTo(map);

  function place(one) {
    const at = [one.dataset.lat, one.dataset.lon];
    const drawn = "about" in one.dataset ? L.circle(at, { radius: ABOUT, dashArray: "6 6" }) : L.circleMarker(at, { radius: 9, fillOpacity: 0.9 });
    const name = document.createElement("a");
    Object.assign(name, { href: `#${one.id}`, textContent: one.dataset.said });
    return drawn.bindTooltip(one.dataset.number, { permanent: true, direction: "top" }).bindPopup(name);
  }
}
