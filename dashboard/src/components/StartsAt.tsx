import { useSyncExternalStore } from "react";
import { countdown, exactTime, untilTime } from "./times";
import { onSecond } from "./useNow";

/** When something is expected to start: "in 2 h 5 min, on 3 April 2026 at 14:05"; then "now". */
export function StartsAt({ at }: { at: string }) {
  const left = useSyncExternalStore(onSecond, () => countdown(Date.parse(at) - Date.now()));
  return (
    <time dateTime={at} title={exactTime(at)} style={{ whiteSpace: "normal" }}>
      {left === "now" ? left : `${left}, on ${untilTime(at)}`}
    </time>
  );
}
