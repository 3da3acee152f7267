import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconFilterOff,
  IconListCheck,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlus,
} from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { Badge } from "../../components/Badge";
import { Card } from "../../components/Card";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNotice } from "../../components/ErrorNotice";
import { PageHeader } from "../../components/PageHeader";
import { LinesSkeleton } from "../../components/QueryResult";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useThrottle } from "../../graphql/useThrottle";
import { CreateTaskDialog } from "./CreateTaskDialog";
import { AccountNames, CancelTask, TaskCount } from "./documents";
import { RetryDialog } from "./RetryDialog";
import { TaskFilters } from "./TaskFilters";
import classes from "./TasksPage.module.css";
import { type RowActions, TaskTable } from "./TaskTable";
import { useRetry } from "./useRetry";
import { useTaskFilter } from "./useTaskFilter";
import { type LiveTasks, useTaskList } from "./useTaskList";

/** Counting costs the more the more there are. */
const COUNT_REST_MS = 5_000;

export function TasksPage() {
  const [filter, changeFilter] = useTaskFilter();
  const [isCreating, creating] = useDisclosure(false);
  const tasks = useTaskList(filter);
  const { data } = useLiveQuery({ query: AccountNames });
  const accounts = data?.linkedinAccounts ?? [];
  const count = useLiveQuery({ query: TaskCount, variables: { filter } });
  const countAgain = useThrottle(COUNT_REST_MS, count.refetch);
  const { list } = tasks;
  const newest = list?.tasks[0]?.id;
  useEffect(() => {
    if (newest) countAgain();
  }, [newest, countAgain]);
  const isAllHere = list !== undefined && !list.hasOlder;
  const total = isAllHere ? list.tasks.length : count.data?.tasks.totalCount;
  const isFiltered = Object.keys(filter).length > 0;
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={creating.open}>
      New task
    </Button>
  );

  return (
    <>
      <PageHeader
        title="Tasks"
        description={<Total count={total} isFiltered={isFiltered} />}
        actions={create}
      />
      <Card flush>
        <TaskFilters filter={filter} onChange={changeFilter} accounts={accounts} />
        <Liveness tasks={tasks} />
        <List
          tasks={tasks}
          accounts={accounts}
          empty={
            isFiltered ? (
              <EmptyState icon={IconFilterOff} title="No matching tasks">
                New tasks that match appear here automatically.
              </EmptyState>
            ) : (
              <EmptyState icon={IconListCheck} title="No tasks yet" action={create}>
                Create one here, or from your code with an API key. It appears here immediately.
              </EmptyState>
            )
          }
        />
      </Card>
      <CreateTaskDialog opened={isCreating} onClose={creating.close} accounts={accounts} />
    </>
  );
}

function List(props: {
  tasks: LiveTasks;
  accounts: readonly { id: string; name: string }[];
  empty: React.ReactNode;
}) {
  const { list, error, isLoadingOlder, loadOlder } = props.tasks;
  const [asked, setAsked] = useState<string | null>(null);
  const cancelling = useApiMutation(CancelTask);
  const retrying = useRetry();
  const latest = useRef(retrying.retry);
  latest.current = retrying.retry;
  const actions = useMemo<RowActions>(
    () => ({ cancel: setAsked, retry: (id) => void latest.current(id) }),
    [],
  );
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
        accountNames={names}
        actions={actions}
        isLoadingOlder={isLoadingOlder}
        onAim={props.tasks.setHeld}
        onNearEnd={() => {
          if (list.hasOlder && !isLoadingOlder && !error) loadOlder();
        }}
      />
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title="Cancel this task?"
        confirmLabel="Cancel the task"
        onConfirm={() => cancelling.run({ id: asked ?? "" })}
      >
        Nothing will happen on LinkedIn. A cancelled task stays cancelled.
      </ConfirmDialog>
      <RetryDialog retry={retrying} />
      {error && (
        <div className={classes.inset}>
          <ErrorNotice error={error} onRetry={loadOlder} />
        </div>
      )}
    </>
  );
}

/** Whether the list follows what happens, and the switch for that. It pauses no task. */
function Liveness({ tasks }: { tasks: LiveTasks }) {
  const { isPaused, setPaused, waitingChanges } = tasks;
  const Icon = isPaused ? IconPlayerPlay : IconPlayerPause;
  return (
    <Group gap="sm" className={classes.liveness}>
      <Badge tone={isPaused ? "warn" : "good"}>{isPaused ? "Updates paused" : "Live"}</Badge>
      <Text size="xs" c="dimmed" role="status">
        {waitingChanges > 0 &&
          (waitingChanges === 1 ? "1 task has changed" : `${waitingChanges} tasks have changed`)}
      </Text>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<Icon size={14} />}
        onClick={() => setPaused(!isPaused)}
      >
        {isPaused ? "Resume updates" : "Pause updates"}
      </Button>
    </Group>
  );
}

function Total({ count, isFiltered }: { count: number | undefined; isFiltered: boolean }) {
  if (count === undefined) return <>&nbsp;</>;
  const tasks = `${count.toLocaleString("en")} ${count === 1 ? "task" : "tasks"}`;
  return <>{isFiltered ? `${tasks} with this filter` : tasks}</>;
}
