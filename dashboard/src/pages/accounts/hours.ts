import type { Pacing } from "./documents";
import { type Weekday, weekdays } from "./labels";

export type OpenRange = Pacing["hours"][number];

const MINUTES_PER_DAY = 24 * 60;
const WORKING_DAYS = weekdays.slice(0, 5);

/** Hours as people type them ("9", "930", "9:30", "18.00") as the API takes them: "09:30". */
export function clockOf(typed: string): string {
  const text = typed.trim();
  const found = /^(\d{1,2})(?:[:.h ]?(\d{2}))?$/i.exec(text);
  if (!found) return text;
  const [, hour = "", minute = "00"] = found;
  return `${hour.padStart(2, "0")}:${minute}`;
}

/** The ranges of a weekday, each with its place in the whole list. */
export function rangesOf<Range extends { weekday: Weekday }>(
  hours: readonly Range[],
  weekday: Weekday,
): { range: Range; index: number }[] {
  return hours
    .map((range, index) => ({ range, index }))
    .filter(({ range }) => range.weekday === weekday);
}

/** A further range of a weekday: it begins where the last one ends. */
export function nextRange(hours: readonly OpenRange[], weekday: Weekday): OpenRange {
  const last = rangesOf(hours, weekday).at(-1)?.range;
  if (!last) return { weekday, opens: "09:00", closes: "18:00" };
  return { weekday, opens: last.closes === "24:00" ? "" : last.closes, closes: "" };
}

/** Monday to Friday, from 9 to 18. */
export const workingWeek = (): OpenRange[] =>
  WORKING_DAYS.map((weekday) => ({ weekday, opens: "09:00", closes: "18:00" }));

/** Where a range is on its day, in percent of 24 hours. */
export function placeOf({ opens, closes }: OpenRange): { left: string; width: string } {
  const [from, to] = [minuteOf(opens), minuteOf(closes)];
  return { left: percent(from), width: percent(to - from) };
}

function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

const percent = (minutes: number): string => `${(minutes / MINUTES_PER_DAY) * 100}%`;

/** Every time zone that the browser knows, with those that must be there in any case. */
export function timeZones(...others: string[]): string[] {
  return [...new Set(["UTC", ...others, ...Intl.supportedValuesOf("timeZone")])].sort();
}

/** The time zone that the reader's clock shows. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
