import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { useConnection } from "../../graphql/connection";
import type { FragmentOf, VariablesOf } from "../../graphql/graphql";
import { type Problem, problemOf } from "../../graphql/problem";
import { useLive } from "../../graphql/useLive";
import { TaskPageQuery, type TaskRow, TaskUpdates } from "./documents";
import { type TaskList, withChanges, withOlder } from "./taskList";

export type Task = FragmentOf<typeof TaskRow>;
export type TaskFilter = NonNullable<VariablesOf<typeof TaskPageQuery>["filter"]>;

// A screenful soon, then as many as the server gives.
const FIRST_AT_ONCE = 50;
const OLDER_AT_ONCE = 100;
const MOST_PAGES_TO_CATCH_UP = 5;

export interface LiveTasks {
  /** Undefined until the first page is there. */
  list: TaskList<Task> | undefined;
  problem: Problem | null;
  isLoadingOlder: boolean;
  loadOlder: () => void;
  isPaused: boolean;
  setPaused: (isPaused: boolean) => void;
  /** How many tasks changed since the pause began. */
  waitingChanges: number;
}

/**
 * The tasks that pass the filter, as they are now. Changes are put in once a frame, however many
 * come. After a lost connection the list is read again from its top.
 */
export function useTaskList(filter: TaskFilter): LiveTasks {
  const client = useClient();
  const { epoch } = useConnection();
  const [list, setList] = useState<TaskList<Task>>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isLoadingOlder, setIsLoadingOlder] = useState(false);
  const [isPaused, setPaused] = useState(false);
  const [waitingChanges, setWaitingChanges] = useState(0);

  const filterKey = JSON.stringify(filter);
  const shown = useRef({ filter, cursor: null as string | null, reading: 0, pages: 1 });
  shown.current.filter = filter;

  const read = useCallback(
    async (after: string | null) => {
      const reading = ++shown.current.reading;
      const answer = await client
        .query(
          TaskPageQuery,
          { filter: shown.current.filter, first: after ? OLDER_AT_ONCE : FIRST_AT_ONCE, after },
          { requestPolicy: "network-only" },
        )
        .toPromise();
      // Another filter or a fresh start has overtaken this page.
      if (reading !== shown.current.reading) return null;
      setProblem(answer.error ? problemOf(answer.error) : null);
      if (!answer.data) return null;
      const { nodes, pageInfo } = answer.data.tasks;
      shown.current.cursor = pageInfo.endCursor;
      return { nodes, hasOlder: pageInfo.hasNextPage };
    },
    [client],
  );

  const loadOlder = useCallback(async () => {
    setIsLoadingOlder(true);
    const page = await read(shown.current.cursor);
    setIsLoadingOlder(false);
    if (!page) return;
    shown.current.pages += 1;
    setList((known) => known && withOlder(known, page.nodes, page.hasOlder));
  }, [read]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new filter or connection reads anew
  useEffect(() => {
    let isStale = false;
    const readAnew = async () => {
      let fresh: TaskList<Task> = { tasks: [], hasOlder: true };
      const pages = Math.min(shown.current.pages, MOST_PAGES_TO_CATCH_UP);
      for (let count = 0; count < pages && fresh.hasOlder; count++) {
        const page = await read(count === 0 ? null : shown.current.cursor);
        if (!page || isStale) return;
        fresh = withOlder(fresh, page.nodes, page.hasOlder);
      }
      shown.current.pages = pages;
      setList(fresh);
    };
    void readAnew();
    return () => {
      isStale = true;
    };
  }, [read, filterKey, epoch]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new filter begins with a new list
  useEffect(
    () => () => {
      shown.current.pages = 1;
      setList(undefined);
    },
    [filterKey],
  );

  const changes = useRef(new Map<string, Task>());
  const frame = useRef(0);
  const isHeld = isPaused || list === undefined;

  const flush = useCallback(() => {
    frame.current = 0;
    const waiting = [...changes.current.values()];
    changes.current.clear();
    setWaitingChanges(0);
    const { statuses } = shown.current.filter;
    const passes = (task: Task) => !statuses || statuses.includes(task.status);
    if (waiting.length > 0) setList((known) => known && withChanges(known, waiting, passes));
  }, []);

  useEffect(() => {
    if (!isHeld) flush();
  }, [isHeld, flush]);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  // A task that leaves the wanted statuses must be heard of too, so they are not asked for.
  const { statuses: _, ...whatNeverChanges } = filter;
  useLive(TaskUpdates, { filter: whatNeverChanges }, ({ taskUpdates: task }) => {
    changes.current.set(task.id, task);
    if (isHeld) setWaitingChanges(changes.current.size);
    else frame.current ||= requestAnimationFrame(flush);
  });

  return { list, problem, isLoadingOlder, loadOlder, isPaused, setPaused, waitingChanges };
}
