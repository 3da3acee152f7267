import { Stack } from "@mantine/core";
import { useParams } from "wouter";
import { BackLink } from "../../components/BackLink";
import { Badge } from "../../components/Badge";
import { Card } from "../../components/Card";
import { CodeBlock } from "../../components/CodeBlock";
import { CopyButton } from "../../components/CopyButton";
import { enumLabel } from "../../components/enumLabel";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import type { ResultOf } from "../../graphql/graphql";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useSubscriptionEvents } from "../../graphql/useSubscriptionEvents";
import { NotFoundPage } from "../session/NotFoundPage";
import { DeliveryChanges, OneTask, TaskChanges } from "./documents";
import { LateReports } from "./LateReports";
import { TaskActions } from "./TaskActions";
import { TaskDeliveries } from "./TaskDeliveries";
import { TaskFacts } from "./TaskFacts";
import { TaskNotices } from "./TaskNotices";
import classes from "./TaskPage.module.css";
import { TaskSnippets } from "./TaskSnippets";
import { TaskStatusBadge } from "./TaskStatusBadge";
import { Timeline } from "./Timeline";
import { profileName } from "./taskContent";
import { type TaskDetails, timelineOf } from "./timeline";
import { WaitingCard } from "./WaitingCard";

interface Props {
  task: TaskDetails;
  agents: ResultOf<typeof OneTask>["agents"];
}

export function TaskPage() {
  const { id = "" } = useParams<{ id: string }>();
  const query = useLiveQuery({ query: OneTask, variables: { id } });
  const task = query.data?.task;
  // The subscription of a final task ends at once.
  const isFinal = !task || task.completedAt !== null;
  useSubscriptionEvents(TaskChanges, isFinal ? null : { id }, query.refetch);
  useSubscriptionEvents(DeliveryChanges, {}, ({ deliveryUpdates }) => {
    if (deliveryUpdates.taskId === id) query.refetch();
  });
  return (
    <QueryResult query={query}>
      {({ task: found, agents }) =>
        found ? (
          <TaskContent key={id} task={found} agents={agents} onStale={query.refetch} />
        ) : (
          <NotFoundPage />
        )
      }
    </QueryResult>
  );
}

function TaskContent({ task, agents, onStale }: Props & { onStale: () => void }) {
  return (
    <>
      <PageHeader
        title={`${enumLabel(task.actionType)} ${profileName(task.payload)}`}
        help="/docs/api"
        before={<BackLink href="/tasks">Tasks</BackLink>}
        description={<TaskIdentity task={task} />}
        actions={<TaskActions task={task} />}
      />
      <TaskNotices task={task} />
      <div className={classes.columns}>
        <Stack gap="md">
          {task.waiting.length > 0 && <WaitingCard task={task} onStale={onStale} />}
          <TimelineCard task={task} agents={agents} />
          <Card title="Deliveries" flush>
            <TaskDeliveries task={task} />
          </Card>
        </Stack>
        <Stack gap="md">
          <Card title="Details">
            <TaskFacts task={task} />
          </Card>
          {task.result !== null && (
            <Card title="Result">
              <CodeBlock label="result as JSON" code={JSON.stringify(task.result, null, 2)} />
            </Card>
          )}
          <Card title="Create this task with the API">
            <TaskSnippets task={task} />
          </Card>
        </Stack>
      </div>
    </>
  );
}

function TaskIdentity({ task }: { task: TaskDetails }) {
  return (
    <span className={classes.id}>
      <TaskStatusBadge status={task.status} scheduledAt={task.scheduledAt} />
      {task.attempts.some(({ isDryRun }) => isDryRun) && <Badge tone="warn">Dry run</Badge>}
      <code>{task.id}</code>
      <CopyButton value={task.id} label="Copy the ID" />
    </span>
  );
}

function TimelineCard({ task, agents }: Props) {
  const agentName = (id: string | null) =>
    agents.find((agent) => agent.id === id)?.name ?? "an agent";
  return (
    <Card title="What happened">
      <Timeline steps={timelineOf(task, agentName)} />
      <LateReports attempts={task.attempts} />
    </Card>
  );
}
