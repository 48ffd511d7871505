/** Days and hours as people say them, in China time. Written by hand: not every telephone has `Intl`. */
const CHINA_MS = 8 * 3600 * 1000;
const WEEK = "日一二三四五六";

function china(moment: string | number): Date {
  return new Date((typeof moment === "number" ? moment : Date.parse(moment)) + CHINA_MS);
}

/** 11月23日（周一）, of a moment or a day. */
export function day(moment: string | number): string {
  const at = typeof moment === "string" && moment.length === "2026-11-23".length ? new Date(`${moment}T00:00:00Z`) : china(moment);
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日（周${WEEK[at.getUTCDay()]}）`;
}

/** 11月23日 周一, where many days stand side by side. */
export function brief(date: string): string {
  return day(date).replace("（", " ").replace("）", "");
}

/** 9:30 */
export function hour(moment: string | number): string {
  const at = china(moment);
  return `${at.getUTCHours()}:${String(at.getUTCMinutes()).padStart(2, "0")}`;
}

/** 11月23日（周一）9:30 */
export function when(moment: string | number): string {
  return `${day(moment)}${hour(moment)}`;
}

/** 2026-11-23, of today or some days later. */
export function today(later = 0): string {
  return new Date(Date.now() + CHINA_MS + later * 24 * 3600 * 1000).toISOString().slice(0, "2026-11-23".length);
}

/** 1.2 MB or 340 KB. */
export function size(bytes: number): string {
  const megabyte = 1024 * 1024;
  return bytes >= megabyte ? `${(bytes / megabyte).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;
}
