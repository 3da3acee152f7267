import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useThrottle } from "./useThrottle";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first call runs at once, those that follow as one, and a later one at once again", () => {
  const calls = vi.fn();
  const { result } = renderHook(() => useThrottle(1_000, calls));
  result.current();
  expect(calls).toHaveBeenCalledTimes(1);

  for (let count = 0; count < 50; count++) result.current();
  expect(calls).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(calls).toHaveBeenCalledTimes(2);

  vi.advanceTimersByTime(5_000);
  expect(calls).toHaveBeenCalledTimes(2);
  result.current();
  expect(calls).toHaveBeenCalledTimes(3);
});
