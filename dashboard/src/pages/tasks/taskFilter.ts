import type { VariablesOf } from "../../graphql/graphql";
import type { Task, TaskPageQuery } from "./documents";
import { type ActionType, actionTypes, type TaskStatus, taskStatuses } from "./labels";

/** A filter as GraphQL takes it. */
export type TaskFilter = NonNullable<VariablesOf<typeof TaskPageQuery>["filter"]>;

/** A filter as the page's URL has it; what is left out filters nothing. */
export interface ListFilter {
  statuses?: TaskStatus[];
  /** Only pending tasks that are scheduled for later. */
  isScheduled?: boolean;
  actionType?: ActionType;
  linkedinAccountId?: string;
  /** The URL of a profile, or its part after /in/. */
  profileUrl?: string;
  /** The first and the last day, as 2026-04-02, in the reader's time zone. */
  createdFrom?: string;
  createdTo?: string;
}

/** The filter in a URL's query string, in REST's names where REST has them. Unknown values are ignored. */
export function readFilter(search: URLSearchParams): ListFilter {
  const statuses = (search.get("status") ?? "")
    .toUpperCase()
    .split(",")
    .filter((status): status is TaskStatus => taskStatuses.includes(status as TaskStatus));
  const actionType = (search.get("action_type") ?? "").toUpperCase() as ActionType;
  const linkedinAccountId = search.get("linkedin_account_id");
  const profileUrl = search.get("profile")?.trim();
  const createdFrom = dateOf(search.get("created_from"));
  const createdTo = dateOf(search.get("created_to"));
  return {
    ...(statuses.length > 0 && { statuses }),
    ...(search.get("scheduled") === "true" && { isScheduled: true }),
    ...(actionTypes.includes(actionType) && { actionType }),
    ...(linkedinAccountId && { linkedinAccountId }),
    ...(profileUrl && { profileUrl }),
    ...(createdFrom && { createdFrom }),
    ...(createdTo && { createdTo }),
  };
}

export function writeFilter(filter: ListFilter): URLSearchParams {
  const search = new URLSearchParams();
  const set = (name: string, value: string | undefined) => value && search.set(name, value);
  set("status", filter.statuses?.join(",").toLowerCase());
  set("scheduled", filter.isScheduled ? "true" : undefined);
  set("action_type", filter.actionType?.toLowerCase());
  set("linkedin_account_id", filter.linkedinAccountId);
  set("profile", filter.profileUrl);
  set("created_from", filter.createdFrom);
  set("created_to", filter.createdTo);
  return search;
}

/** The filter for the API. "Scheduled" means later than `now`. */
export function toApiFilter(filter: ListFilter, now: Date): TaskFilter {
  const { statuses, isScheduled, createdFrom, createdTo, ...same } = filter;
  return {
    ...same,
    ...(statuses && { statuses }),
    ...(isScheduled && { statuses: ["PENDING"], scheduledAfter: now.toISOString() }),
    ...(createdFrom && { createdAfter: startOfDay(createdFrom, 0) }),
    ...(createdTo && { createdBefore: startOfDay(createdTo, 1) }),
  };
}

/** The filter without statuses: for the rest, a task that passes once passes always. */
export function withoutStatuses({ statuses: _, ...rest }: TaskFilter): TaskFilter {
  return rest;
}

/** Whether a task with this status belongs in the list. */
export const hasWantedStatus =
  ({ statuses }: TaskFilter) =>
  (task: Pick<Task, "status">): boolean =>
    !statuses?.length || statuses.includes(task.status);

function dateOf(text: string | null): string | undefined {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") && !Number.isNaN(Date.parse(text ?? ""));
  return isDate ? (text ?? undefined) : undefined;
}

/** The first moment of a day, in the reader's time zone, so many days later. */
function startOfDay(date: string, daysLater: number): string {
  const start = new Date(`${date}T00:00`);
  start.setDate(start.getDate() + daysLater);
  return start.toISOString();
}
