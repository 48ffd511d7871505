import { utf8 } from "./text.js";

const ROUNDS = 64;
const PRIMES = primes(ROUNDS);
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ADDED = PRIMES.map((prime) => fraction(Math.cbrt(prime)));

/** Hashes as FIPS 180-4 says. A mini-program has no Web Crypto; chunks may be added as they are read. */
export class Sha256 {
  private readonly state = Uint32Array.from(START);
  private readonly words = new Uint32Array(ROUNDS);
  private readonly block = new Uint8Array(64);
  private held = 0;
  private length = 0;

  /** Adds bytes. */
  add(bytes: Uint8Array): this {
    this.length += bytes.length;
    this.take(bytes);
    return this;
  }

  /** Gives the hash in small hexadecimal letters. Nothing can be added afterwards. */
  hex(): string {
    return Array.from(this.bytes(), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** Gives its thirty-two bytes. Nothing can be added afterwards. */
  bytes(): Uint8Array {
    const bits = this.length * 8;
    const padding = new Uint8Array(((this.held < 56 ? 56 : 120) - this.held) + 8);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(padding.length - 4, bits >>> 0);
    this.take(padding);
    const hash = new DataView(new ArrayBuffer(32));
    this.state.forEach((word, index) => hash.setUint32(index * 4, word));
    return new Uint8Array(hash.buffer);
  }

  private take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + 64 - this.held);
      this.block.set(piece, this.held);
      this.held += piece.length;
      at += piece.length;
      if (this.held === 64) {
        this.held = 0;
        this.mix();
      }
    }
  }

  private mix(): void {
    const words = this.spread();
    let [a, b, c, d, e, f, g, h] = this.state as unknown as Eight;
    for (let round = 0; round < ROUNDS; round++) {
      const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ADDED[round]! + words[round]!;
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) >>> 0, c, b, a, (one + two) >>> 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, index) => (this.state[index]! += value));
  }

  private spread(): Uint32Array {
    const { words, block } = this;
    const view = new DataView(block.buffer);
    for (let at = 0; at < 16; at++) words[at] = view.getUint32(at * 4);
    for (let at = 16; at < ROUNDS; at++) {
      const old = words[at - 15]!;
      const young = words[at - 2]!;
      const low = turn(old, 7) ^ turn(old, 18) ^ (old >>> 3);
      const high = turn(young, 17) ^ turn(young, 19) ^ (young >>> 10);
      words[at] = words[at - 16]! + low + words[at - 7]! + high;
    }
    return words;
  }
}

type Eight = [number, number, number, number, number, number, number, number];

/** Hashes bytes, or text as UTF-8. */
export function sha256(given: Uint8Array | string): string {
  return new Sha256().add(typeof given === "string" ? utf8(given) : given).hex();
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let tried = 2; found.length < count; tried++) {
    if (found.every((prime) => tried % prime !== 0)) found.push(tried);
  }
  return found;
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}
