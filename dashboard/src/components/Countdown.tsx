import { useSyncExternalStore } from "react";
import { countdown, exactTime } from "./times";
import { onSecond } from "./useNow";

/** How long it is until a time, every second; the exact time is shown on hover. */
export function Countdown({ until }: { until: string }) {
  const text = useSyncExternalStore(onSecond, () => countdown(Date.parse(until) - Date.now()));
  return (
    <time dateTime={until} title={exactTime(until)}>
      {text}
    </time>
  );
}
