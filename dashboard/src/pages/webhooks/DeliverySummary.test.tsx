import { cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DeliverySummary, type SummarizedDelivery } from "./DeliverySummary";

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
const summary = (part: Partial<SummarizedDelivery>, isWebhookOn = true) =>
  render(<DeliverySummary delivery={delivery(part)} isWebhookOn={isWebhookOn} />).container
    .textContent;

test("a delivery that is retried says what was wrong, and when the next attempt is", () => {
  expect(summary({ lastError: "connection refused" })).toMatch(
    /^2 attempts · connection refused · next attempt in \d+ min\.$/,
  );
  expect(summary({ lastError: "the receiver answered 500", lastStatusCode: 500 })).toContain(
    "2 attempts · the receiver answered 500 ·",
  );
  expect(summary({ lastError: "no 2xx", lastStatusCode: 500 })).toContain("500: no 2xx");
});

test("an attempt that is overdue is due now, never in the past", () => {
  expect(summary({ nextAttemptAt: inSeconds(-3_000) })).toBe("2 attempts · next attempt due now");
});

test("while its webhook is off a delivery promises no attempt", () => {
  expect(summary({}, false)).toBe("2 attempts · waits until the webhook is on");
});

test("one that has ended says why, and nothing of a next attempt", () => {
  expect(summary({ status: "FAILED", attemptCount: 1, failureReason: "webhook deleted" })).toBe(
    "1 attempt · webhook deleted",
  );
  expect(summary({ status: "DELIVERED", attemptCount: 1 })).toBe("1 attempt");
});
