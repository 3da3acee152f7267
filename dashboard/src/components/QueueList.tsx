import { Countdown } from "./Countdown";
import classes from "./QueueList.module.css";
import { StartsAt } from "./StartsAt";
import { type WaitingCode, waitingLabel } from "./waiting";

export interface WaitingCount {
  code: WaitingCode;
  count: number;
  until: string | null;
}

/** How many tasks wait, and when the last of them starts, as a sentence. */
export function QueueSummary(props: { waiting: number; drainsAt: string | null }) {
  const { waiting, drainsAt } = props;
  if (waiting === 0) return <p className={classes.summary}>No task waits.</p>;
  return (
    <p className={classes.summary}>
      <strong>{waiting.toLocaleString("en")}</strong> {waiting === 1 ? "task waits" : "tasks wait"}
      {". "}
      {drainsAt ? (
        <>
          The last one starts <StartsAt at={drainsAt} />.
        </>
      ) : (
        "When the last one starts can't be said yet."
      )}
    </p>
  );
}

/** What waits, by the first reason of each task. */
export function QueueList({ byCode }: { byCode: readonly WaitingCount[] }) {
  if (byCode.length === 0) return null;
  return (
    <ul className={classes.list} aria-label="Reasons">
      {byCode.map(({ code, count, until }) => (
        <li key={code}>
          <span className={classes.count}>{count.toLocaleString("en")}</span>
          <span className={classes.label}>{waitingLabel(code)}</span>
          {until && (
            <span className={classes.until}>
              <Countdown until={until} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
