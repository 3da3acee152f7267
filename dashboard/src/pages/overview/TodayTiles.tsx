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
  const scheduled = overview.scheduled.totalCount;
  const waiting = Math.max(0, overview.pending.totalCount - scheduled);
  const tiles = [
    { query: "scheduled=true", label: "Scheduled", count: scheduled, when: "later" },
    { query: "status=pending", label: "Pending", count: waiting, when: "now" },
    { query: "status=queued", label: "Queued", count: overview.queued.totalCount, when: "now" },
    {
      query: "status=processing",
      label: "Processing",
      count: overview.processing.totalCount,
      when: "now",
    },
    { query: "status=completed", label: "Completed", count: today?.completed, when: "today" },
    { query: "status=failed", label: "Failed", count: today?.failed, when: "today" },
    { query: "status=cancelled", label: "Cancelled", count: today?.cancelled, when: "today" },
  ];
  return (
    <section aria-label="Today">
      <div className={classes.tiles}>
        {tiles.map(({ query, label, count = 0, when }) => (
          <Link
            key={label}
            href={`/tasks?${query}`}
            className={classes.tile}
            data-status={label.toLowerCase()}
          >
            <span className={classes.label}>{label}</span>
            <span className={classes.count}>
              {count.toLocaleString("en")} <small>{when}</small>
            </span>
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
