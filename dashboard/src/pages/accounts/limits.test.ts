import { expect, test } from "vitest";
import type { Limit } from "./documents";
import { gapText, limitChange, limitForm, limitsByAction, nextOf } from "./limits";

const limit = (part: Partial<Limit>): Limit => ({
  actionType: "CONNECT",
  window: "DAY",
  limit: 18,
  fullLimit: 18,
  used: 4,
  remaining: 14,
  resetAt: null,
  nextAllowedAt: null,
  gapMinSeconds: 240,
  gapMaxSeconds: 600,
  isDefault: true,
  advice: null,
  ...part,
});
const of = (part: Partial<Limit>, week: Partial<Limit> = {}) => ({
  actionType: "CONNECT" as const,
  day: limit(part),
  week: limit({ window: "WEEK", limit: 90, fullLimit: 90, ...week }),
});
const AT = "2026-04-02T10:00:00.000Z";

test("the two windows of an action are one row; all actions together have no week", () => {
  const rows = limitsByAction([
    limit({}),
    limit({ window: "WEEK", limit: 90 }),
    limit({ actionType: null, limit: 120 }),
  ]);
  expect(rows.map(({ actionType, day, week }) => [actionType, day.limit, week?.limit])).toEqual([
    ["CONNECT", 18, 90],
    [null, 120, undefined],
  ]);
});

test("the next action goes now, at a time, never, or after the pause", () => {
  expect(nextOf(of({}), "ACTIVE")).toEqual({ words: "now" });
  expect(nextOf(of({ nextAllowedAt: AT }), "ACTIVE")).toEqual({ at: AT });
  expect(nextOf(of({}, { limit: 0 }), "ACTIVE")).toEqual({ words: "never: the limit is 0" });
  expect(nextOf(of({ nextAllowedAt: AT }), "PAUSED")).toEqual({ words: "after the pause" });
});

test("of all actions together, more can go when some leave the window", () => {
  const day = limit({ actionType: null, remaining: 0, resetAt: AT });
  expect(nextOf({ actionType: null, day, week: null }, "ACTIVE")).toEqual({ at: AT });
});

test("a gap is said in minutes where it has no odd seconds", () => {
  expect(gapText(limit({}))).toBe("a gap of 4 to 10 min");
  expect(gapText(limit({ gapMinSeconds: 45, gapMaxSeconds: 180 }))).toBe("a gap of 45 to 180 s");
  expect(gapText(limit({ gapMinSeconds: 60, gapMaxSeconds: 60 }))).toBe("a gap of 1 min");
  expect(gapText(limit({ gapMinSeconds: 0, gapMaxSeconds: 0 }))).toBe("no gap");
});

test("the form has full limits, not those of today's ramp, and sends only what was changed", () => {
  const before = limitForm(of({ limit: 4, fullLimit: 18 }));
  expect(before).toMatchObject({ perDay: "18", perWeek: "90", gapMinSeconds: "240" });
  expect(limitChange(before, { ...before, perDay: "25", perWeek: "" })).toEqual({
    actionType: "CONNECT",
    perDay: 25,
    perWeek: null,
  });
});
