import { enumLabel } from "../../components/enumLabel";
import type { ActionType } from "./labels";

interface ForecastDay {
  date: string;
  actionType: ActionType;
  count: number;
}

export interface CalendarDay {
  date: string;
  /** "Mon, 30 November". */
  label: string;
  /** "18 × Connect, 2 × Follow". */
  actions: string;
}

// Days are those of the account's time zone, wherever the reader is.
const dayName = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "long",
  timeZone: "UTC",
});

/** The days on which tasks would start, first to last, each with its actions. */
export function calendarOf(days: readonly ForecastDay[]): CalendarDay[] {
  const dates = [...new Set(days.map(({ date }) => date))].sort();
  return dates.map((date) => ({
    date,
    label: dayName.format(Date.parse(date)),
    actions: days
      .filter((day) => day.date === date)
      .map(({ actionType, count }) => `${count} × ${enumLabel(actionType)}`)
      .join(", "),
  }));
}
