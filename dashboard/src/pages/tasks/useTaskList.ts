import { useCallback, useEffect, useRef, useState } from "react";
import { type Client, useClient } from "urql";
import { type ApiError, toApiError } from "../../graphql/apiError";
import { useConnection } from "../../graphql/connection";
import type { FragmentOf, VariablesOf } from "../../graphql/graphql";
import { useSubscriptionEvents } from "../../graphql/useSubscriptionEvents";
import { cameFromHistory } from "../../shell/navigationType";
import { TaskPageQuery, type TaskRow, TaskUpdates } from "./documents";
import { type TaskList, withChanges, withOlder } from "./taskList";
import { MOST_KEPT, useFrameBuffer } from "./useFrameBuffer";

export type Task = FragmentOf<typeof TaskRow>;
export type TaskFilter = NonNullable<VariablesOf<typeof TaskPageQuery>["filter"]>;

// A screenful soon, then as many as the server gives.
const FIRST_AT_ONCE = 50;
const OLDER_AT_ONCE = 100;
const MOST_PAGES_TO_CATCH_UP = 20;

export interface LiveTasks {
  /** Undefined until the first page is there. */
  list: TaskList<Task> | undefined;
  error: ApiError | null;
  isLoadingOlder: boolean;
  loadOlder: () => void;
  isPaused: boolean;
  setPaused: (isPaused: boolean) => void;
  /** Holds changes back for a moment, as a pause does. */
  setHeld: (isHeld: boolean) => void;
  /** How many tasks changed while changes are held back. */
  waitingChanges: number;
}

/** The list as it was when the reader left it, for when they come back. */
interface Left {
  key: string;
  list: TaskList<Task>;
  pages: number;
}
const left = new WeakMap<Client, Left>();

/** What the hook remembers between renders, and shows only when it is done. */
interface Reading {
  filter: TaskFilter;
  /** Where the next older page begins. */
  cursor: string | null;
  pages: number;
  /** Which of the requests is the one that counts. */
  turn: number;
  requestsUnderWay: number;
  isAnew: boolean;
  /** What was heard since a request went out, and may be newer than its answer. */
  heard: Map<string, Task>;
}

/**
 * The tasks that pass the filter, as they are now. Changes are put in once a frame, however many
 * come. After a lost connection, or when there is more than a page can hold, the list is read again
 * from its top.
 */
export function useTaskList(filter: TaskFilter): LiveTasks {
  const client = useClient();
  const { epoch } = useConnection();
  const filterKey = JSON.stringify(filter);
  const [restored] = useState(() => {
    const known = left.get(client);
    return cameFromHistory() && known?.key === filterKey ? known : undefined;
  });
  const [list, setList] = useState(restored?.list);
  const [error, setError] = useState<ApiError | null>(null);
  const [isLoadingOlder, setIsLoadingOlder] = useState(false);
  const [isPaused, setPaused] = useState(false);
  const [isAimed, setHeld] = useState(false);
  const [waitingChanges, setWaitingChanges] = useState(0);
  const [round, setRound] = useState(0);

  const reading = useRef<Reading>({
    filter,
    cursor: null,
    pages: restored?.pages ?? 1,
    turn: 0,
    requestsUnderWay: 0,
    isAnew: false,
    heard: new Map(),
  }).current;
  reading.filter = filter;

  const read = useCallback(
    async (after: string | null) => {
      const turn = ++reading.turn;
      const variables = {
        filter: reading.filter,
        first: after ? OLDER_AT_ONCE : FIRST_AT_ONCE,
        after,
      };
      reading.requestsUnderWay += 1;
      const { data, error } = await client
        .query(TaskPageQuery, variables, { requestPolicy: "network-only" })
        .toPromise();
      reading.requestsUnderWay -= 1;
      // Another filter or a fresh start has overtaken this page.
      if (turn !== reading.turn) return null;
      setError(error ? toApiError(error) : null);
      if (!data) return null;
      const { nodes, pageInfo } = data.tasks;
      reading.cursor = pageInfo.endCursor;
      return { nodes, hasOlder: pageInfo.hasNextPage };
    },
    [client, reading],
  );

  const loadOlder = useCallback(async () => {
    if (reading.isAnew) return;
    setIsLoadingOlder(true);
    reading.heard = new Map();
    const page = await read(reading.cursor);
    setIsLoadingOlder(false);
    if (!page) return;
    reading.pages += 1;
    const passes = passing(reading.filter);
    const nodes = page.nodes.map((task) => newer(task, reading.heard.get(task.id))).filter(passes);
    setList((known) => known && withOlder(known, nodes, page.hasOlder));
  }, [read, reading]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them begins a new list
  useEffect(() => {
    let isOvertaken = false;
    const readAnew = async () => {
      let fresh: TaskList<Task> = { tasks: [], hasOlder: true };
      reading.heard = new Map();
      const pages = Math.min(reading.pages, MOST_PAGES_TO_CATCH_UP);
      for (let count = 0; count < pages && fresh.hasOlder; count++) {
        const page = await read(count === 0 ? null : reading.cursor);
        if (!page || isOvertaken) return;
        fresh = withOlder(fresh, page.nodes, page.hasOlder);
      }
      reading.pages = pages;
      setList(withChanges(fresh, reading.heard.values(), passing(reading.filter)));
    };
    reading.isAnew = true;
    void readAnew().finally(() => {
      if (!isOvertaken) reading.isAnew = false;
    });
    return () => {
      isOvertaken = true;
    };
  }, [read, reading, filterKey, epoch, round]);

  const latest = useRef(list);
  latest.current = list;
  useEffect(
    () => () => {
      if (latest.current) {
        left.set(client, { key: filterKey, list: latest.current, pages: reading.pages });
      }
    },
    [client, reading, filterKey],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: what passed the old filter goes with it
  useEffect(
    () => () => {
      reading.pages = 1;
      setList(undefined);
    },
    [reading, filterKey],
  );

  const startAgain = useCallback(() => {
    reading.pages = 1;
    setRound((known) => known + 1);
  }, [reading]);

  const isHeld = isPaused || isAimed || list === undefined;
  const show = useCallback(
    (changes: Task[]) => {
      setList((known) => known && withChanges(known, changes, passing(reading.filter)));
    },
    [reading],
  );
  const take = useFrameBuffer({
    isHeld,
    show,
    onWaiting: setWaitingChanges,
    onOverflow: startAgain,
  });

  const isTooLong = (list?.tasks.length ?? 0) > MOST_KEPT;
  useEffect(() => {
    if (isTooLong && scrollY === 0) startAgain();
  }, [isTooLong, startAgain]);

  // A task that leaves the wanted statuses must be heard of too, so they are not asked for.
  const { statuses: _, ...whatNeverChanges } = filter;
  useSubscriptionEvents(TaskUpdates, { filter: whatNeverChanges }, ({ taskUpdates: task }) => {
    if (reading.requestsUnderWay > 0) reading.heard.set(task.id, task);
    take(task);
  });

  return {
    list,
    error,
    isLoadingOlder,
    loadOlder,
    isPaused,
    setPaused,
    setHeld,
    waitingChanges,
  };
}

const passing =
  ({ statuses }: TaskFilter) =>
  (task: Task): boolean =>
    !statuses?.length || statuses.includes(task.status);

const newer = (one: Task, other: Task | undefined): Task =>
  other && other.updatedAt > one.updatedAt ? other : one;
