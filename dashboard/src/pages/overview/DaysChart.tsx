import { VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { axisTop } from "./chart";
import classes from "./DaysChart.module.css";
import type { Overview } from "./documents";

type Day = Overview["usage"]["days"][number];

const parts = [
  { name: "completed", label: "Completed" },
  { name: "failed", label: "Failed" },
  { name: "cancelled", label: "Cancelled" },
] as const;

// Usage is counted by UTC days, wherever the reader is.
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });
const longDay = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  timeZone: "UTC",
});

/** How many tasks ended each day, as bars; the same as a table for readers who cannot see them. */
export function DaysChart({ days }: { days: readonly Day[] }) {
  const [pointed, setPointed] = useState<Day | null>(null);
  const sum = total(days);
  const isEmpty = parts.every(({ name }) => sum[name] === 0);
  return (
    <div>
      <Legend
        title={pointed ? longDay.format(Date.parse(pointed.date)) : `Last ${days.length} days`}
        counts={pointed ?? sum}
      />
      <Bars days={days} onPoint={setPointed} />
      {isEmpty && <p className={classes.empty}>No tasks finished in these days.</p>}
      <VisuallyHidden>
        <DaysTable days={days} />
      </VisuallyHidden>
    </div>
  );
}

function Legend({ title, counts }: { title: string; counts: Omit<Day, "date"> }) {
  return (
    <div className={classes.legend} aria-hidden>
      <span className={classes.when}>{title}</span>
      {parts.map(({ name, label }) => (
        <span key={name} className={classes.entry} data-part={name}>
          {label} <strong>{counts[name].toLocaleString("en")}</strong>
        </span>
      ))}
      <span className={classes.entry}>
        Created <strong>{counts.created.toLocaleString("en")}</strong>
      </span>
    </div>
  );
}

function Bars(props: { days: readonly Day[]; onPoint: (day: Day | null) => void }) {
  const { days, onPoint } = props;
  const top = axisTop(
    Math.max(0, ...days.map((day) => day.completed + day.failed + day.cancelled)),
  );
  return (
    <div className={classes.plot} aria-hidden>
      <div className={classes.axis}>
        {[4, 3, 2, 1, 0].map((quarter) => (
          <span key={quarter}>{((top * quarter) / 4).toLocaleString("en")}</span>
        ))}
      </div>
      <div className={classes.bars} onPointerLeave={() => onPoint(null)}>
        {days.map((day) => (
          <div key={day.date} className={classes.day} onPointerEnter={() => onPoint(day)}>
            <div className={classes.bar}>
              {parts.map(({ name }) => (
                <i key={name} data-part={name} style={{ height: `${(day[name] / top) * 100}%` }} />
              ))}
            </div>
            <span className={classes.label}>
              <span className={classes.weekday}>{weekday.format(Date.parse(day.date))} </span>
              {Number(day.date.slice(-2))}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}

function DaysTable({ days }: { days: readonly Day[] }) {
  return (
    <table>
      <caption>Tasks a day (UTC)</caption>
      <thead>
        <tr>
          <th>Day</th>
          <th>Created</th>
          {parts.map(({ name, label }) => (
            <th key={name}>{label}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.date}>
            <th>{longDay.format(Date.parse(day.date))}</th>
            <td>{day.created}</td>
            {parts.map(({ name }) => (
              <td key={name}>{day[name]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function total(days: readonly Day[]): Omit<Day, "date"> {
  const sum = (name: "created" | "completed" | "failed" | "cancelled") =>
    days.reduce((count, day) => count + day[name], 0);
  return {
    created: sum("created"),
    completed: sum("completed"),
    failed: sum("failed"),
    cancelled: sum("cancelled"),
  };
}
