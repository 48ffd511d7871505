/** How somebody wants to see things. Kept on the device; the service is told nothing. */
export interface Wishes {
  /** 长辈版: as WeChat's own size says, unless somebody chose. */
  readonly elder: "auto" | "on" | "off";
  /** No titles of cases on the screen, nothing in screenshots, a way out on every page. */
  readonly discreet: boolean;
}

/** What a page needs to know to look right. */
export interface Frame {
  readonly elder: boolean;
  readonly discreet: boolean;
  /** The root size in px, as `page-meta` wants it. */
  readonly root: string;
  readonly online: boolean;
}

const NAME = "wishes";
const PLAIN_PX = 16;
const WECHAT_PX = 17;
const ELDER_PX = 24;
const LARGEST_PX = 32;
const ELDER_FROM = 1.3;
const USUAL: Wishes = { elder: "auto", discreet: false };

let online = true;
let listeners: (() => void)[] = [];

/** Reads what was wished for. */
export function wishes(): Wishes {
  const kept = wx.getStorageSync<Partial<Wishes> | "">(NAME);
  return kept ? { ...USUAL, ...kept } : USUAL;
}

/** Keeps what is wished for, and has every page look so. */
export function wish(change: Partial<Wishes>): void {
  wx.setStorageSync(NAME, { ...wishes(), ...change });
  tell();
}

/** How much larger than usual WeChat shows text: 关怀模式 is about 1.4. */
export function scale(): number {
  const { fontSizeScaleFactor, fontSizeSetting } = wx.getAppBaseInfo() as {
    readonly fontSizeScaleFactor?: number;
    readonly fontSizeSetting?: number;
  };
  return fontSizeScaleFactor ?? (fontSizeSetting ?? WECHAT_PX) / WECHAT_PX;
}

/** Says how pages look now. */
export function frame(): Frame {
  const { elder: wished, discreet } = wishes();
  const factor = scale();
  const elder = wished === "on" || (wished === "auto" && factor >= ELDER_FROM);
  const px = elder ? Math.max(ELDER_PX, PLAIN_PX * factor) : PLAIN_PX * Math.max(factor, 1);
  return { elder, discreet, root: `${Math.min(px, LARGEST_PX)}px`, online };
}

/** Notes whether there is a network. */
export function heardOfNetwork(isConnected: boolean): void {
  if (isConnected === online) return;
  online = isConnected;
  tell();
}

/** Whether there is a network, as far as WeChat knows. */
export function isOnline(): boolean {
  return online;
}

/** Tells when pages have to look different. Give what comes back a call to stop listening. */
export function listen(listener: () => void): () => void {
  listeners.push(listener);
  return () => void (listeners = listeners.filter((one) => one !== listener));
}

function tell(): void {
  for (const listener of listeners) listener();
}
