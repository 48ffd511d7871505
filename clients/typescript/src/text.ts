const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Writes text as UTF-8: not every mini-program can do so by itself. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const letter of text) {
    const read = letter.codePointAt(0) ?? 0;
    const code = read >= 0xd800 && read <= 0xdfff ? 0xfffd : read;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), rest(code, 0));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), rest(code, 6), rest(code, 0));
    else bytes.push(0xf0 | (code >> 18), rest(code, 12), rest(code, 6), rest(code, 0));
  }
  return Uint8Array.from(bytes);
}

function rest(code: number, shift: number): number {
  return 0x80 | ((code >> shift) & 63);
}

/** Writes bytes in letters, digits, - and _. */
export function base64url(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const letters = [18, 12, 6, 0].map((shift) => LETTERS[(three >> shift) & 63]).join("");
    text += letters.slice(0, Math.min(bytes.length - at, 3) + 1);
  }
  return text;
}

/** Writes bytes as RFC 4648 says in its fourth chapter, with + and / and =. */
export function base64(bytes: Uint8Array): string {
  const text = base64url(bytes).replace(/-/g, "+").replace(/_/g, "/");
  return text.padEnd(Math.ceil(text.length / 4) * 4, "=");
}

/** Reads what was written so; text of one byte a letter comes out. */
export function fromBase64url(text: string): string {
  let bits = 0;
  let held = 0;
  let read = "";
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) continue;
    bits = (bits << 6) | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      read += String.fromCharCode((bits >> held) & 255);
      bits &= (1 << held) - 1;
    }
  }
  return read;
}

/** Writes a value so that equal values give equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, found: unknown) => {
    if (found === null || typeof found !== "object" || Array.isArray(found)) return found;
    const named = found as Record<string, unknown>;
    return Object.fromEntries(Object.keys(named).sort().map((name) => [name, named[name]]));
  });
}
