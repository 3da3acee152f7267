import { useCallback, useEffect, useState } from "react";
import { useClient } from "urql";
import type { ApiError } from "../../graphql/apiError";
import { useConnection } from "../../graphql/connection";
import { useSubscriptionEvents } from "../../graphql/useSubscriptionEvents";
import { type Task, TaskUpdates } from "./documents";
import { hasWantedStatus, type TaskFilter, withoutStatuses } from "./taskFilter";
import { type TaskList, withChanges, withOlder } from "./taskList";
import { TaskListReader } from "./taskListReader";
import { MAX_KEPT, useFrameBuffer } from "./useFrameBuffer";
import { useSavedList } from "./useSavedList";

export interface LiveTasks {
  /** Which tasks the list has. */
  filter: TaskFilter;
  /** Undefined until the first page has been read. */
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

/**
 * The tasks that pass the filter, as they are now. Changes are applied once a frame, however many
 * arrive. After a lost connection, or when there are more than a page can hold, the list is read
 * again from its top.
 */
export function useTaskList(filter: TaskFilter): LiveTasks {
  const filterKey = JSON.stringify(filter);
  const { restored, save } = useSavedList(filterKey);
  const [list, setList] = useState(restored?.list);
  const reading = useReading(filter, restored?.pages ?? 1, setList);
  const { reader, refreshFromTop } = reading;
  save(list, reader.pages);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter begins another list
  useEffect(
    () => () => {
      reader.pages = 1;
      setList(undefined);
    },
    [reader, filterKey],
  );
  useRefreshWhenTooLong(list, refreshFromTop);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the filter
  const show = useCallback(
    (changes: Task[]) =>
      setList((known) => known && withChanges(known, changes, hasWantedStatus(filter))),
    [filterKey],
  );
  const changes = useChanges(filter, list === undefined, reader, show, refreshFromTop);
  return { filter, list, ...reading, ...changes };
}

/** Reads the list when it is shown, when the connection is back, and further pages on request. */
function useReading(
  filter: TaskFilter,
  pages: number,
  setList: (next: (known: TaskList<Task> | undefined) => TaskList<Task> | undefined) => void,
) {
  const client = useClient();
  const { epoch } = useConnection();
  const [reader] = useState(() => new TaskListReader(client, pages));
  const [error, setError] = useState<ApiError | null>(null);
  const [isLoadingOlder, setIsLoadingOlder] = useState(false);
  const [round, setRound] = useState(0);
  const filterKey = JSON.stringify(filter);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them asks for a new list
  useEffect(() => {
    void reader.refresh(filter).then((result) => {
      if (!result) return;
      setError(result.error);
      if (result.data) setList(() => result.data ?? undefined);
    });
    return () => reader.overtake();
  }, [reader, filterKey, epoch, round]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the filter
  const loadOlder = useCallback(async () => {
    setIsLoadingOlder(true);
    const result = await reader.readOlder(filter);
    setIsLoadingOlder(false);
    if (!result) return;
    setError(result.error);
    const page = result.data;
    if (page) setList((known) => known && withOlder(known, page.tasks, page.hasOlder));
  }, [reader, filterKey, setList]);

  const refreshFromTop = useCallback(() => {
    reader.pages = 1;
    setRound((known) => known + 1);
  }, [reader]);
  return { reader, error, isLoadingOlder, loadOlder, refreshFromTop };
}

/** Receives changes and hands them to `show`, unless they are held back. */
function useChanges(
  filter: TaskFilter,
  isFirstRead: boolean,
  reader: TaskListReader,
  show: (changes: Task[]) => void,
  onOverflow: () => void,
) {
  const [isPaused, setPaused] = useState(false);
  const [isHeld, setHeld] = useState(false);
  const [waitingChanges, setWaitingChanges] = useState(0);
  const receive = useFrameBuffer({
    isHeld: isPaused || isHeld || isFirstRead,
    show,
    onWaiting: setWaitingChanges,
    onOverflow,
  });
  // A task that leaves the wanted statuses must be received too, so the server is not told them.
  useSubscriptionEvents(
    TaskUpdates,
    { filter: withoutStatuses(filter) },
    ({ taskUpdates: task }) => {
      reader.noteChange(task);
      receive(task);
    },
  );
  return { isPaused, setPaused, setHeld, waitingChanges };
}

function useRefreshWhenTooLong(list: TaskList<Task> | undefined, refreshFromTop: () => void) {
  const isTooLong = (list?.tasks.length ?? 0) > MAX_KEPT;
  useEffect(() => {
    if (isTooLong && scrollY === 0) refreshFromTop();
  }, [isTooLong, refreshFromTop]);
}
