import { useSyncExternalStore } from "react";

const TICK_MS = 5_000;
const SECOND_MS = 1_000;

/** A clock with one timer for the whole page, which runs while anything listens. */
class Clock {
  now = Date.now();
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly everyMs: number;

  constructor(everyMs: number) {
    this.everyMs = everyMs;
  }

  /** Calls `listener` at every tick, until the function that it returns is called. */
  readonly onTick = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.timer === undefined) {
      // The clock stands still while nothing on the page shows a time.
      this.now = Date.now();
      this.timer = setInterval(this.tick, this.everyMs);
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  };

  private readonly tick = () => {
    this.now = Date.now();
    for (const one of this.listeners) one();
  };
}

const clock = new Clock(TICK_MS);
const seconds = new Clock(SECOND_MS);

/** Calls `listener` every few seconds. */
export const onTick = clock.onTick;

/** Calls `listener` every second, for what counts down. */
export const onSecond = seconds.onTick;

/** The current time in milliseconds, for every relative time on the page. */
export const useNow = (): number => useSyncExternalStore(onTick, () => clock.now);
