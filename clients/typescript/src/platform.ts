/** What is needed of the platform beside the network. */
export interface Platform {
  /** Milliseconds since 1970, by the device's own clock: it may be wrong. */
  now(): number;
  wait(ms: number): Promise<void>;
  /** Random bytes nobody can guess. */
  random(length: number): Uint8Array | Promise<Uint8Array>;
}

declare function setTimeout(work: () => void, ms: number): unknown;

interface Crypto {
  getRandomValues(bytes: Uint8Array): unknown;
}

/** Takes what browsers and Node have. A mini-program gives `random` too: `{ random: wxRandom(wx) }`. */
export function platform(given: Partial<Platform> = {}): Platform {
  const random = (length: number) => {
    const { crypto } = globalThis as unknown as { crypto?: Crypto };
    if (!crypto) throw new Error("no source of random bytes: give `random`");
    const bytes = new Uint8Array(length);
    crypto.getRandomValues(bytes);
    return bytes;
  };
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  return { now: () => Date.now(), wait, random, ...given };
}
