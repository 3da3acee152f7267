import { useSyncExternalStore } from "react";
import { exactTime, relativeTime } from "./times";

const TICK_MS = 5_000;
let now = Date.now();
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function watch(tell: () => void): () => void {
  watchers.add(tell);
  if (timer === undefined) {
    // The clock has stood still while nobody looked at it.
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const one of watchers) one();
    }, TICK_MS);
  }
  return () => {
    watchers.delete(tell);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The clock that every relative time on the page goes by. */
export const useNow = (): number => useSyncExternalStore(watch, () => now);

/** A point in time as "3 min ago", and on hover exactly, in the reader's own zone. */
export function RelativeTime({ at }: { at: string }) {
  const text = useSyncExternalStore(watch, () => relativeTime(Date.parse(at), Date.now()));
  return (
    <time dateTime={at} title={exactTime(at)}>
      {text}
    </time>
  );
}
