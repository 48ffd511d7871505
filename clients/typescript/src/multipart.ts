import type { Source } from "./transport.js";
import { utf8 } from "./text.js";

/** A body of multipart/form-data, made by hand: not every mini-program can make one of bytes. */
export async function multipart(
  fields: Readonly<Record<string, string>>,
  file: Source,
): Promise<{ readonly type: string; readonly body: Uint8Array }> {
  const bytes = await file.read(0, file.size);
  const boundary = `----rufa${file.size.toString(36)}${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  const texts = Object.entries(fields).map(([name, value]) => `--${boundary}\r\n${disposition(name)}\r\n\r\n${value}\r\n`);
  const start = utf8(`${texts.join("")}--${boundary}\r\n${disposition("file", file.name)}\r\nContent-Type: application/octet-stream\r\n\r\n`);
  const end = utf8(`\r\n--${boundary}--\r\n`);
  const body = new Uint8Array(start.length + bytes.length + end.length);
  body.set(start);
  body.set(bytes, start.length);
  body.set(end, start.length + bytes.length);
  return { type: `multipart/form-data; boundary=${boundary}`, body };
}

function disposition(name: string, fileName?: string): string {
  const file = fileName === undefined ? "" : `; filename="${plain(fileName)}"`;
  return `Content-Disposition: form-data; name="${plain(name)}"${file}`;
}

/** What stands in quotes there, as the HTML standard says. */
function plain(text: string): string {
  return text.replace(/\r\n?|\n/g, "%0D%0A").replace(/"/g, "%22");
}
