import { expect, test } from "vitest";
import { clockFor, countdown, duration, fromLocal, relativeTime } from "./times";

const now = Date.parse("2026-04-02T10:00:00.000Z");
const ago = (seconds: number) => relativeTime(now - seconds * 1000, now);

test("a time is written in the largest unit that fits", () => {
  expect([3, 42, 90, 7_200, 90_000].map(ago)).toEqual([
    "just now",
    "42 sec. ago",
    "1 min. ago",
    "2 hr. ago",
    "yesterday",
  ]);
});

test("a future time is written as such, and one long ago as a date", () => {
  expect(ago(-600)).toBe("in 10 min.");
  expect(ago(60 * 86_400)).toBe("1 Feb 2026");
});

test("a duration has at most two units", () => {
  expect([240, 3_240, 250_000, 7_500_000, 200_000_000].map(duration)).toEqual([
    "240 ms",
    "3.2 s",
    "4 min 10 s",
    "2 h 5 min",
    "2 d 7 h",
  ]);
});

test("times of today are written without a date, and any others with theirs", () => {
  const at = (days: number) => new Date(now + days * 86_400_000).toISOString();
  expect(clockFor([at(0)], now)(at(0))).toMatch(/^\d\d:\d\d:\d\d\.000$/);
  expect(clockFor([at(-3)], now)(at(-3))).toMatch(/^30 Mar 2026, /);
  expect(clockFor([at(-1), at(0)], now)(at(0))).toMatch(/^2 Apr 2026, /);
});

test("a countdown is exact to the second within a day, and ends with now", () => {
  expect([-5, 1, 12_000, 59_001, 250_000, 7_500_000, 273_600_000].map(countdown)).toEqual([
    "now",
    "in 1 s",
    "in 12 s",
    "in 1 min",
    "in 4 min 10 s",
    "in 2 h 5 min",
    "in 3 d 4 h",
  ]);
});

test("a time that was typed is sent as an instant; a year that is still being typed, as it is", () => {
  const at = fromLocal("2026-04-02T10:00");
  expect(at && Date.parse(at)).toBe(new Date(2026, 3, 2, 10).getTime());
  expect(fromLocal("20266-04-02T10:00")).toBe("20266-04-02T10:00");
  expect(fromLocal("")).toBeNull();
});
