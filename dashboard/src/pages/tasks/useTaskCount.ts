import { useEffect } from "react";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useThrottle } from "../../graphql/useThrottle";
import { type Task, TaskCount } from "./documents";
import type { TaskFilter } from "./taskFilter";
import type { TaskList } from "./taskList";

/** Counting takes the server the longer the more tasks there are. */
const COUNT_EVERY_MS = 5_000;

/** How many tasks pass the filter: counted here when all are in the list, else by the server. */
export function useTaskCount(
  filter: TaskFilter,
  list: TaskList<Task> | undefined,
): number | undefined {
  const query = useLiveQuery({ query: TaskCount, variables: { filter } });
  const countAgain = useThrottle(COUNT_EVERY_MS, query.refetch);
  const newest = list?.tasks[0]?.id;
  useEffect(() => {
    if (newest) countAgain();
  }, [newest, countAgain]);
  const isComplete = list !== undefined && !list.hasOlder;
  return isComplete ? list.tasks.length : query.data?.tasks.totalCount;
}
