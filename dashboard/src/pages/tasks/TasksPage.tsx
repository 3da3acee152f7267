import { useDisclosure } from "@mantine/hooks";
import { IconFilterOff, IconListCheck } from "@tabler/icons-react";
import { Card } from "../../components/Card";
import { EmptyState } from "../../components/EmptyState";
import { NewButton } from "../../components/NewButton";
import { PageHeader } from "../../components/PageHeader";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { CreateTaskDialog } from "./CreateTaskDialog";
import { AccountNames } from "./documents";
import { ExportButton } from "./ExportButton";
import { LiveStatus } from "./LiveStatus";
import { TaskFilters } from "./TaskFilters";
import { TaskListCard } from "./TaskListCard";
import { useTaskCount } from "./useTaskCount";
import { useTaskFilter } from "./useTaskFilter";
import { useTaskList } from "./useTaskList";

const NO_ACCOUNTS: never[] = [];

export function TasksPage() {
  const filtering = useTaskFilter();
  const [isCreating, creating] = useDisclosure(false);
  const tasks = useTaskList(filtering.apiFilter);
  const count = useTaskCount(filtering.apiFilter, tasks.list);
  const { data } = useLiveQuery({ query: AccountNames });
  const accounts = data?.linkedinAccounts ?? NO_ACCOUNTS;
  const isFiltered = Object.keys(filtering.filter).length > 0;
  const create = <NewButton onClick={creating.open}>New task</NewButton>;
  return (
    <>
      <PageHeader
        title="Tasks"
        description={<TaskCountText count={count} isFiltered={isFiltered} />}
        help="/docs/api"
        actions={create}
      />
      <Card flush>
        <TaskFilters filtering={filtering} accounts={accounts} />
        <LiveStatus tasks={tasks}>
          <ExportButton filter={filtering.apiFilter} total={count} accounts={accounts} />
        </LiveStatus>
        <TaskListCard
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

function TaskCountText({ count, isFiltered }: { count: number | undefined; isFiltered: boolean }) {
  if (count === undefined) return <>&nbsp;</>;
  const tasks = `${count.toLocaleString("en")} ${count === 1 ? "task" : "tasks"}`;
  return <>{isFiltered ? `${tasks} with this filter.` : `${tasks}.`}</>;
}
