/**
 * How well a photograph will read, measured on the telephone before it is sent (FEATURES A23).
 * The measures and thresholds are the service's own (core/imaging/quality.py); a test holds the two together.
 */
const LOOKED_AT = 1000;
const SMALLEST_SIDE = 600;
const DARK = 60;
const SHARP = 60;
const SHARP_SHARE = 0.12;
const FLAT = 2;

/** What will make a photograph hard to read. */
export type Flaw = "photo_small" | "photo_dark" | "photo_blurred";

export interface Finding {
  readonly code: Flaw;
  readonly title: string;
  readonly remedy: string;
}

const WORDS: Record<Flaw, Omit<Finding, "code">> = {
  photo_small: { title: "照片太小，字可能看不清", remedy: "靠近一点再拍，让这张纸占满画面。" },
  photo_dark: { title: "照片太暗", remedy: "到窗边或者开灯再拍，别让手机挡住光。" },
  photo_blurred: { title: "照片有点糊", remedy: "双手拿稳，点一下屏幕对焦，停一秒再拍。" },
};

/** Says what to do better. */
export function advice(flaws: readonly Flaw[]): Finding[] {
  return flaws.map((code) => ({ code, ...WORDS[code] }));
}

/** Grey values, row by row. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array;
}

/** Makes grey of colours, as the service does. */
export function greyOf(colours: Uint8ClampedArray, width: number, height: number): Grey {
  const values = new Uint8Array(width * height);
  for (let at = 0; at < values.length; at++) {
    const from = at * 4;
    values[at] = (colours[from]! * 19595 + colours[from + 1]! * 38470 + colours[from + 2]! * 7471 + 0x8000) >> 16;
  }
  return { width, height, values };
}

/** Names what will make a photograph hard to read; `side` is the shorter one it was taken with. */
export function judge(grey: Grey, side: number): Flaw[] {
  const flaws: Flaw[] = side < SMALLEST_SIDE ? ["photo_small"] : [];
  const { mean, variance } = spread(grey.values);
  if (mean < DARK) flaws.push("photo_dark");
  if (Math.sqrt(variance) >= FLAT && sharpness(grey) < Math.min(SHARP, SHARP_SHARE * variance)) flaws.push("photo_blurred");
  return flaws;
}

/** Measures the edges: the variance of the Laplacian. */
export function sharpness({ width, height, values }: Grey): number {
  if (Math.min(width, height) < 3) return SHARP;
  const edges = new Uint8ClampedArray((width - 2) * (height - 2));
  let to = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      edges[to++] = values[at - width]! + values[at - 1]! + values[at + 1]! + values[at + width]! - 4 * values[at]! + 128;
    }
  }
  return spread(edges).variance;
}

function spread(values: ArrayLike<number>): { readonly mean: number; readonly variance: number } {
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < values.length; at++) {
    sum += values[at]!;
    squares += values[at]! * values[at]!;
  }
  const mean = sum / values.length;
  return { mean, variance: squares / values.length - mean * mean };
}

/** Looks at a photograph of the device. Where it cannot be looked at, nothing is said against it. */
export async function look(path: string): Promise<Flaw[]> {
  try {
    const { width, height } = await wx.getImageInfo({ src: path });
    const shrink = Math.min(1, LOOKED_AT / Math.max(width, height));
    const [wide, high] = [Math.round(width * shrink), Math.round(height * shrink)];
    const canvas = wx.createOffscreenCanvas({ type: "2d", width: wide, height: high });
    const brush = canvas.getContext("2d");
    brush.drawImage(await opened(canvas, path), 0, 0, wide, high);
    const { data } = brush.getImageData(0, 0, wide, high) as { data: Uint8ClampedArray };
    return judge(greyOf(data, wide, high), Math.min(width, height));
  } catch {
    return [];
  }
}

function opened(canvas: WechatMiniprogram.OffscreenCanvas, path: string): Promise<WechatMiniprogram.Image> {
  return new Promise((resolve, reject) => {
    const image = canvas.createImage() as unknown as WechatMiniprogram.Image;
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = path;
  });
}
