import { cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aboutDelivery, type SummarizedDelivery } from "./DeliverySummary";

const now = Date.parse("2026-04-02T10:00:00.000Z");
beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const inSeconds = (seconds: number) => new Date(now + seconds * 1_000).toISOString();
const delivery = (part: Partial<SummarizedDelivery>): SummarizedDelivery => ({
  status: "PENDING",
  attemptCount: 2,
  nextAttemptAt: inSeconds(300),
  failureReason: null,
  lastError: null,
  lastStatusCode: null,
  ...part,
});
const told = (part: Partial<SummarizedDelivery>, isOn = true) =>
  render(<p>{aboutDelivery(delivery(part), isOn)}</p>).container.textContent;

test("a delivery that is tried again says what was wrong, and when the next attempt is", () => {
  expect(told({ lastError: "connection refused" })).toMatch(
    /^2 attempts · connection refused · next attempt in \d+ min\.$/,
  );
  expect(told({ lastError: "the receiver answered 500", lastStatusCode: 500 })).toContain(
    "2 attempts · the receiver answered 500 ·",
  );
  expect(told({ lastError: "no 2xx", lastStatusCode: 500 })).toContain("500: no 2xx");
});

test("an attempt that is overdue is due now, never in the past", () => {
  expect(told({ nextAttemptAt: inSeconds(-3_000) })).toBe("2 attempts · next attempt due now");
});

test("while its webhook is off a delivery promises no attempt", () => {
  expect(told({}, false)).toBe("2 attempts · waits until the webhook is on");
});

test("one that has ended says why, and nothing of a next attempt", () => {
  expect(told({ status: "FAILED", attemptCount: 1, failureReason: "webhook deleted" })).toBe(
    "1 attempt · webhook deleted",
  );
  expect(told({ status: "DELIVERED", attemptCount: 1 })).toBe("1 attempt");
});
