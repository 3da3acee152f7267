import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useThrottle } from "./useThrottle";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first is heard at once, a crowd after it as one, and then the next at once again", () => {
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
