import { useSyncExternalStore } from "react";
import { exactTime, relativeTime } from "./times";
import { onTick } from "./useNow";

/** A time as "3 min. ago"; the exact one, in the reader's time zone, is shown on hover. */
export function RelativeTime({ at }: { at: string }) {
  const text = useSyncExternalStore(onTick, () => relativeTime(Date.parse(at), Date.now()));
  return (
    <time dateTime={at} title={exactTime(at)}>
      {text}
    </time>
  );
}
