import type { Sink } from "graphql-ws";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepSubscribed } from "./keepSubscribed";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server that remembers who subscribed, so that a test can end it. */
function listening() {
  const sinks: Sink<string>[] = [];
  const log: string[] = [];
  const stop = keepSubscribed<string>(
    (sink) => {
      sinks.push(sink);
      return () => log.push("unsubscribed");
    },
    {
      onNext: (result) => log.push(result),
      onInterrupted: () => log.push("interrupted"),
      onResumed: () => log.push("resumed"),
      onGivenUp: () => log.push("given up"),
    },
  );
  const latest = () => sinks.at(-1) as Sink<string>;
  return { sinks, log, stop, latest };
}

test.each(["error", "complete"] as const)(
  "a subscription that the server ends with %s is restarted, and then data is read again",
  (how) => {
    const { sinks, log, latest } = listening();
    latest().next("one");
    latest()[how]([]);
    expect(log).toEqual(["one", "interrupted"]);
    vi.advanceTimersByTime(1_000);
    expect(sinks).toHaveLength(2);
    latest().next("two");
    expect(log).toEqual(["one", "interrupted", "resumed", "two"]);
  },
);

test("it counts as running again when it has not ended for a second", () => {
  const { log, latest } = listening();
  latest().error([]);
  vi.advanceTimersByTime(2_000);
  expect(log).toEqual(["interrupted", "resumed"]);
});

test("while the server keeps refusing, the waits grow and nothing is reported twice", () => {
  const { sinks, log, latest } = listening();
  const counts: number[] = [];
  for (let minute = 0; minute < 4; minute++) {
    const before = sinks.length;
    for (let ms = 0; ms < 60_000; ms += 100) {
      const known = sinks.length;
      if (ms === 0) latest().error([]);
      vi.advanceTimersByTime(100);
      if (sinks.length > known) latest().error([]);
    }
    counts.push(sinks.length - before);
  }
  expect(counts[0]).toBeGreaterThan(counts[3] as number);
  expect(counts[3]).toBeLessThanOrEqual(5);
  expect(log).toEqual(["interrupted"]);
});

test("what is stopped stays stopped", () => {
  const { sinks, log, latest, stop } = listening();
  latest().complete();
  stop();
  vi.advanceTimersByTime(60_000);
  expect(sinks).toHaveLength(1);
  expect(log).toEqual(["interrupted", "unsubscribed", "given up"]);
});
