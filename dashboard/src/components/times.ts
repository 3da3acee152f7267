const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const exact = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "long",
});
const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});
const dayAndClock = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});
const minuteOfDay = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** "just now", "3 min. ago", "in 2 hr."; from a month on, the date. */
export function relativeTime(atMs: number, nowMs: number): string {
  const distance = atMs - nowMs;
  const size = Math.abs(distance);
  if (size < 10 * SECOND_MS) return distance > 1000 ? "in a moment" : "just now";
  if (size < MINUTE_MS) return relative.format(Math.trunc(distance / SECOND_MS), "second");
  if (size < HOUR_MS) return relative.format(Math.trunc(distance / MINUTE_MS), "minute");
  if (size < DAY_MS) return relative.format(Math.trunc(distance / HOUR_MS), "hour");
  if (size < 30 * DAY_MS) return relative.format(Math.trunc(distance / DAY_MS), "day");
  return day.format(atMs);
}

/** "3 April 2026 at 14:05", to the minute, where the reader is. */
export const untilTime = (at: string): string => minuteOfDay.format(Date.parse(at));

/**
 * A time as a field of the browser gives it, where the reader is, as the API takes it; null when
 * the field is empty. What is no time goes to the server as it is, which says so.
 */
export function fromLocal(typed: string): string | null {
  if (typed === "") return null;
  const at = new Date(typed);
  return Number.isNaN(at.getTime()) ? typed : at.toISOString();
}

/** Date, time and zone, where the reader is. */
export const exactTime = (at: string): string => exact.format(Date.parse(at));

/** Writes times that are all of today to the millisecond, and any others with their days. */
export function clockFor(times: readonly string[], nowMs: number): (at: string) => string {
  const today = new Date(nowMs).toDateString();
  const isToday = times.every((at) => new Date(at).toDateString() === today);
  const format = isToday ? clock : dayAndClock;
  return (at) => format.format(Date.parse(at));
}

/** A length of time in at most two units: "240 ms", "3.2 s", "4 min 10 s", "2 h 5 min". */
export function duration(ms: number): string {
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`;
  if (ms < MINUTE_MS) return `${(ms / SECOND_MS).toFixed(1)} s`;
  const [large, small, largeName, smallName] =
    ms < HOUR_MS
      ? ([MINUTE_MS, SECOND_MS, "min", "s"] as const)
      : ms < DAY_MS
        ? ([HOUR_MS, MINUTE_MS, "h", "min"] as const)
        : ([DAY_MS, HOUR_MS, "d", "h"] as const);
  const rest = Math.floor((ms % large) / small);
  const whole = `${Math.floor(ms / large)} ${largeName}`;
  return rest ? `${whole} ${rest} ${smallName}` : whole;
}

/** What is left of a wait: "in 12 s", "in 4 min 10 s", "in 2 h 5 min", "in 3 d 4 h"; then "now". */
export function countdown(ms: number): string {
  if (ms <= 0) return "now";
  const whole = Math.ceil(ms / SECOND_MS) * SECOND_MS;
  return `in ${whole < MINUTE_MS ? `${whole / SECOND_MS} s` : duration(whole)}`;
}
