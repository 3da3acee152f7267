import type { AccountDetails, Limit } from "./documents";

export interface ActionLimits {
  actionType: Limit["actionType"];
  day: Limit;
  /** Null for all kinds together: they have no limit a week. */
  week: Limit | null;
}

/** The limits of each kind of action, all kinds together last. */
export function limitsByAction(limits: readonly Limit[]): ActionLimits[] {
  const days = limits.filter(({ window }) => window === "DAY");
  return days.map((day) => ({
    actionType: day.actionType,
    day,
    week: limits.find((one) => one.window === "WEEK" && one.actionType === day.actionType) ?? null,
  }));
}

/** When the next action of a kind may begin: at a time, or in words where there is none. */
export function nextOf(
  { actionType, day, week }: ActionLimits,
  status: AccountDetails["status"],
): { at: string } | { words: string } {
  if (status === "PAUSED") return { words: "after the pause" };
  if (day.limit === 0 || week?.limit === 0) return { words: "never: the limit is 0" };
  if (actionType === null && day.remaining === 0 && day.resetAt) return { at: day.resetAt };
  return day.nextAllowedAt ? { at: day.nextAllowedAt } : { words: "now" };
}

/** "240 to 600 s" as people say it: "4 to 10 min". */
export function gapText({ gapMinSeconds: low, gapMaxSeconds: high }: Limit): string {
  if (high === 0) return "no gap";
  const isMinutes = low % 60 === 0 && high % 60 === 0;
  const [from, to, unit] = isMinutes ? [low / 60, high / 60, "min"] : [low, high, "s"];
  return from === to ? `a gap of ${to} ${unit}` : `a gap of ${from} to ${to} ${unit}`;
}

/** A limit's form: texts as typed; empty is the default. */
export interface LimitForm {
  actionType: NonNullable<Limit["actionType"]>;
  perDay: string;
  perWeek: string;
  gapMinSeconds: string;
  gapMaxSeconds: string;
}

export function limitForm({ actionType, day, week }: ActionLimits): LimitForm {
  return {
    actionType: actionType as NonNullable<Limit["actionType"]>,
    perDay: String(day.fullLimit),
    perWeek: String(week?.fullLimit ?? ""),
    gapMinSeconds: String(day.gapMinSeconds),
    gapMaxSeconds: String(day.gapMaxSeconds),
  };
}

/** What was changed of a form, as the API takes it: null is back to the default. */
export function limitChange(before: LimitForm, after: LimitForm) {
  const names = ["perDay", "perWeek", "gapMinSeconds", "gapMaxSeconds"] as const;
  const changed = names.filter((name) => before[name] !== after[name]);
  return {
    actionType: after.actionType,
    ...Object.fromEntries(changed.map((name) => [name, numberOf(after[name])])),
  };
}

/** A number as typed; null when nothing was. */
export const numberOf = (typed: string): number | null =>
  typed.trim() === "" ? null : Number(typed);
