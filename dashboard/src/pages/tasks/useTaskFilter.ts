import { useMemo } from "react";
import { useSearchParams } from "wouter";
import { type ActionType, actionLabels, statusLabels, type TaskStatus } from "./labels";
import type { TaskFilter } from "./useTaskList";

/** The filter stands in the address, in REST's words, so that it can be kept and sent. */
export function useTaskFilter(): [TaskFilter, (change: Partial<TaskFilter>) => void] {
  const [search, setSearch] = useSearchParams();
  const key = search.toString();
  const filter = useMemo(() => readFilter(new URLSearchParams(key)), [key]);
  const change = (part: Partial<TaskFilter>) =>
    setSearch(writeFilter({ ...filter, ...part }), { replace: true });
  return [filter, change];
}

/** Words that mean nothing are passed over. */
export function readFilter(search: URLSearchParams): TaskFilter {
  const words = (search.get("status") ?? "").toUpperCase().split(",");
  const statuses = words.filter((word): word is TaskStatus => Object.hasOwn(statusLabels, word));
  const action = (search.get("action_type") ?? "").toUpperCase();
  const account = search.get("linkedin_account_id");
  return {
    ...(statuses.length > 0 && { statuses }),
    ...(Object.hasOwn(actionLabels, action) && { actionType: action as ActionType }),
    ...(account && { linkedinAccountId: account }),
  };
}

export function writeFilter({
  statuses,
  actionType,
  linkedinAccountId,
}: TaskFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (statuses?.length) search.set("status", statuses.join(",").toLowerCase());
  if (actionType) search.set("action_type", actionType.toLowerCase());
  if (linkedinAccountId) search.set("linkedin_account_id", linkedinAccountId);
  return search;
}
