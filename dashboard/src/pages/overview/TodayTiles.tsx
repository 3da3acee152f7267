import { Link } from "wouter";
import { duration } from "../../components/times";
import { useNow } from "../../components/useNow";
import type { Overview } from "./documents";
import classes from "./TodayTiles.module.css";

const DAY_MS = 86_400_000;

/** How many tasks wait and run now, and how many ended today (UTC, as the limits count). */
export function TodayTiles({ overview }: { overview: Overview }) {
  const now = useNow();
  const today = overview.usage.days.at(-1);
  const counts = [
    { status: "pending", label: "Pending", count: overview.pending.totalCount, when: "now" },
    { status: "queued", label: "Queued", count: overview.queued.totalCount, when: "now" },
    {
      status: "processing",
      label: "Processing",
      count: overview.processing.totalCount,
      when: "now",
    },
    { status: "completed", label: "Completed", count: today?.completed ?? 0, when: "today" },
    { status: "failed", label: "Failed", count: today?.failed ?? 0, when: "today" },
    { status: "cancelled", label: "Cancelled", count: today?.cancelled ?? 0, when: "today" },
  ];
  return (
    <section aria-label="Today">
      <div className={classes.tiles}>
        {counts.map(({ status, label, count, when }) => (
          <Link
            key={status}
            href={`/tasks?status=${status}`}
            className={classes.tile}
            data-status={status}
          >
            <span className={classes.label}>
              {label} <small>{when}</small>
            </span>
            <span className={classes.count}>{count.toLocaleString("en")}</span>
          </Link>
        ))}
      </div>
      <p className={classes.note}>
        {(today?.created ?? 0).toLocaleString("en")} created today. The day is counted in UTC and
        ends in {duration(DAY_MS - (now % DAY_MS))}.
      </p>
    </section>
  );
}
