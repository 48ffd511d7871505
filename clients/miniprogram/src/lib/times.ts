import { brief, day } from "./words";

/** A day with the times that can still be had, as pages show it. */
export interface Day {
  readonly date: string;
  readonly title: string;
  readonly brief: string;
  readonly note: string;
  readonly slots: readonly { readonly startsAt: string; readonly text: string }[];
}

/** How many days are asked for at once. */
export const DAYS = 7;

/** Gives the days on which there is something to choose, or to know. */
export function openDays(days: readonly Omit<Day, "title" | "brief">[]): Day[] {
  return days.filter((one) => one.slots.length || one.note).map((one) => ({ ...one, title: day(one.date), brief: brief(one.date) }));
}

/** Gives the day from which there is more to ask for; nothing after the last one. */
export function later(from: string, lastOn: string): string {
  const next = new Date(Date.parse(`${from}T00:00:00Z`) + DAYS * 24 * 3600 * 1000).toISOString().slice(0, from.length);
  return next <= lastOn ? next : "";
}
