// A canvas that remembers its lines, and draws them into a PNG: what a signature is made of.
import { crc32, deflateSync } from "node:zlib";

const WIDTH = 600;
const HEIGHT = 240;

/** Makes the node a canvas gives. */
export function paper() {
  const lines = [];
  let at = null;
  const brush = {
    scale: () => undefined,
    beginPath: () => (at = null),
    moveTo: (x, y) => (at = { x, y }),
    lineTo: (x, y) => {
      if (at) lines.push([at, { x, y }]);
      at = { x, y };
    },
    stroke: () => undefined,
    clearRect: () => (lines.length = 0),
  };
  return { width: WIDTH, height: HEIGHT, lines, getContext: () => brush };
}

/** Writes lines as a PNG of grey values. */
export function inked(lines) {
  const rows = Buffer.alloc((WIDTH + 1) * HEIGHT, 255);
  for (let y = 0; y < HEIGHT; y++) rows[y * (WIDTH + 1)] = 0;
  for (const [from, to] of lines) {
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y)));
    for (let step = 0; step <= steps; step++) {
      const x = Math.round(from.x + ((to.x - from.x) * step) / steps);
      const y = Math.round(from.y + ((to.y - from.y) * step) / steps);
      for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) dot(rows, x + dx, y + dy);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head[8] = 8;
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function dot(rows, x, y) {
  if (x >= 0 && y >= 0 && x < WIDTH && y < HEIGHT) rows[y * (WIDTH + 1) + 1 + x] = 20;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}
