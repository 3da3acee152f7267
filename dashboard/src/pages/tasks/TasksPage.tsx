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
import { useAction } from "../../graphql/useAction";
import { useAtMostEvery } from "../../graphql/useAtMostEvery";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { Badge } from "../../pieces/Badge";
import { Card } from "../../pieces/Card";
import { ConfirmDialog } from "../../pieces/ConfirmDialog";
import { EmptyState } from "../../pieces/EmptyState";
import { ErrorNotice } from "../../pieces/ErrorNotice";
import { LinesSkeleton } from "../../pieces/Loaded";
import { PageHeader } from "../../pieces/PageHeader";
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
  const countAgain = useAtMostEvery(COUNT_REST_MS, count.refetch);
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
  const { list, problem, isLoadingOlder, loadOlder } = props.tasks;
  const [asked, setAsked] = useState<string | null>(null);
  const cancelling = useAction(CancelTask);
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
        {problem ? <ErrorNotice problem={problem} /> : <LinesSkeleton lines={8} />}
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
          if (list.hasOlder && !isLoadingOlder && !problem) loadOlder();
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
      {problem && (
        <div className={classes.inset}>
          <ErrorNotice problem={problem} onRetry={loadOlder} />
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
