import { type ReactNode, useMemo, useRef, useState } from "react";
import { ErrorNotice } from "../../components/ErrorNotice";
import { LinesSkeleton } from "../../components/QueryResult";
import { CancelTaskDialog } from "./CancelTaskDialog";
import { RetryDialog } from "./RetryDialog";
import classes from "./TasksPage.module.css";
import { TaskTable } from "./TaskTable";
import type { RowActions } from "./TaskTableRow";
import { useRetry } from "./useRetry";
import type { LiveTasks } from "./useTaskList";

/** The table, or what is shown instead, and the dialogs of its buttons. */
export function TaskListCard(props: {
  tasks: LiveTasks;
  accounts: readonly { id: string; name: string }[];
  /** Shown when no task passes the filter. */
  empty: ReactNode;
}) {
  const { filter, list, error, isLoadingOlder, loadOlder, setHeld } = props.tasks;
  const [cancelledId, setCancelledId] = useState<string | null>(null);
  const retrying = useRetry();
  const actions = useRowActions(setCancelledId, retrying.retry);
  const names = useMemo(
    () => new Map(props.accounts.map(({ id, name }) => [id, name])),
    [props.accounts],
  );
  if (!list) {
    return (
      <div className={classes.inset}>
        {error ? <ErrorNotice error={error} /> : <LinesSkeleton lines={8} />}
      </div>
    );
  }
  if (list.tasks.length === 0 && !list.hasOlder) return props.empty;
  return (
    <>
      <TaskTable
        tasks={list.tasks}
        filter={filter}
        accountNames={names}
        actions={actions}
        isLoadingOlder={isLoadingOlder}
        onPointAtButton={setHeld}
        onNearEnd={() => {
          if (list.hasOlder && !isLoadingOlder && !error) loadOlder();
        }}
      />
      <CancelTaskDialog taskId={cancelledId} onClose={() => setCancelledId(null)} />
      <RetryDialog retry={retrying} />
      {error && (
        <div className={classes.inset}>
          <ErrorNotice error={error} onRetry={loadOlder} />
        </div>
      )}
    </>
  );
}

/** Always the same object, so that rows are rendered again only when their tasks change. */
function useRowActions(cancel: (id: string) => void, retry: (id: string) => unknown): RowActions {
  const latest = useRef({ cancel, retry });
  latest.current = { cancel, retry };
  return useMemo(
    () => ({
      cancel: (id) => latest.current.cancel(id),
      retry: (id) => void latest.current.retry(id),
    }),
    [],
  );
}
