import type { Task } from "./documents";
import { hasWantedStatus, type TaskFilter } from "./taskFilter";

/** The tasks whose reasons are wanted, as the query asks for them. */
export interface WaitingWindow {
  filter: TaskFilter;
  /** How many pending tasks of the very same moment are above the first one. */
  offset: number;
}

type Seen = Pick<Task, "id" | "status" | "createdAt">;

/** From the first pending task in view on; null when none is in view. */
export function waitingWindow(
  tasks: readonly Seen[],
  first: number,
  last: number,
  filter: TaskFilter,
): WaitingWindow | null {
  const isPending = ({ status }: Seen) => status === "PENDING";
  const top = tasks.slice(first, last + 1).find(isPending);
  if (!top || !hasWantedStatus(filter)(top)) return null;
  const above = tasks.slice(0, tasks.indexOf(top));
  const offset = above.filter((one) => isPending(one) && one.createdAt === top.createdAt).length;
  const justAfter = new Date(Date.parse(top.createdAt) + 1).toISOString();
  return { filter: { ...filter, statuses: ["PENDING"], createdBefore: justAfter }, offset };
}
