import { expect, test } from "vitest";
import { calendarOf } from "./taskCalendar";

test("the calendar has a line for each day, first to last, with all its actions", () => {
  const days = calendarOf([
    { date: "2026-12-02", actionType: "CONNECT", count: 3 },
    { date: "2026-12-01", actionType: "CONNECT", count: 18 },
    { date: "2026-12-01", actionType: "VIEW_PROFILE", count: 2 },
  ]);
  expect(days).toEqual([
    { date: "2026-12-01", label: "Tue 1 December", actions: "18 × Connect, 2 × View profile" },
    { date: "2026-12-02", label: "Wed 2 December", actions: "3 × Connect" },
  ]);
});
