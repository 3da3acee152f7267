import { Anchor, Button, Stack, Tabs, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowLeft, IconRepeat } from "@tabler/icons-react";
import { Link, useParams } from "wouter";
import { Badge } from "../../components/Badge";
import { Card } from "../../components/Card";
import { CodeBlock } from "../../components/CodeBlock";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { CopyButton } from "../../components/CopyButton";
import { PageHeader } from "../../components/PageHeader";
import { profileLink } from "../../components/profileLink";
import { QueryResult } from "../../components/QueryResult";
import { RelativeTime } from "../../components/RelativeTime";
import type { ResultOf } from "../../graphql/graphql";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useSubscriptionEvents } from "../../graphql/useSubscriptionEvents";
import { NotFoundPage } from "../session/NotFoundPage";
import { CancelTask, DeliveryChanges, OneTask, TaskChanges } from "./documents";
import { actionLabels, payloadOf, profileName } from "./labels";
import { RetryDialog } from "./RetryDialog";
import { languages, snippet } from "./snippets";
import { TaskDeliveries } from "./TaskDeliveries";
import { TaskNotices } from "./TaskNotices";
import classes from "./TaskPage.module.css";
import { TaskStatusBadge } from "./TaskStatusBadge";
import { Timeline } from "./Timeline";
import { type TaskDetails, timelineOf } from "./timeline";
import { useRetry } from "./useRetry";

export function TaskPage() {
  const { id = "" } = useParams<{ id: string }>();
  const query = useLiveQuery({ query: OneTask, variables: { id } });
  const task = query.data?.task;
  // Once a task is final its subscription ends, as does the reason to listen.
  useSubscriptionEvents(
    TaskChanges,
    task && task.completedAt === null ? { id } : null,
    query.refetch,
  );
  useSubscriptionEvents(DeliveryChanges, {}, ({ deliveryUpdates }) => {
    if (deliveryUpdates.taskId === id) query.refetch();
  });
  return (
    <QueryResult query={query}>
      {({ task: found, agents }) =>
        found ? <Details key={id} task={found} agents={agents} /> : <NotFoundPage />
      }
    </QueryResult>
  );
}

function Details({
  task,
  agents,
}: {
  task: TaskDetails;
  agents: ResultOf<typeof OneTask>["agents"];
}) {
  const agentName = (id: string | null) =>
    agents.find((agent) => agent.id === id)?.name ?? "an agent";
  return (
    <>
      <PageHeader
        title={`${actionLabels[task.actionType]} ${profileName(task.payload)}`}
        before={
          <Anchor component={Link} href="/tasks" size="sm" className={classes.back}>
            <IconArrowLeft size={15} aria-hidden /> Tasks
          </Anchor>
        }
        description={
          <span className={classes.id}>
            <TaskStatusBadge status={task.status} scheduledAt={task.scheduledAt} />
            {task.attempts.some(({ isDryRun }) => isDryRun) && <Badge tone="warn">Dry run</Badge>}
            <code>{task.id}</code>
            <CopyButton value={task.id} label="Copy the id" />
          </span>
        }
        actions={<Actions task={task} />}
      />
      <TaskNotices task={task} />
      <div className={classes.columns}>
        <Stack gap="md">
          <Card title="What happened">
            <Timeline steps={timelineOf(task, agentName)} />
            {task.attempts.some(({ lateReport }) => lateReport !== null) && (
              <LateReports task={task} />
            )}
          </Card>
          <Card title="Deliveries" flush>
            <TaskDeliveries task={task} />
          </Card>
        </Stack>
        <Stack gap="md">
          <Card title="Details">
            <Order task={task} />
          </Card>
          {task.result !== null && (
            <Card title="Result">
              <CodeBlock label="result as JSON" code={JSON.stringify(task.result, null, 2)} />
            </Card>
          )}
          <Card title="Create this task with the API">
            <Snippets task={task} />
          </Card>
        </Stack>
      </div>
    </>
  );
}

function Actions({ task }: { task: TaskDetails }) {
  const [isAsking, asking] = useDisclosure(false);
  const cancelling = useApiMutation(CancelTask);
  const retrying = useRetry();
  return (
    <>
      {task.availableActions.includes("CANCEL") && (
        <Button variant="default" onClick={asking.open}>
          Cancel the task
        </Button>
      )}
      {task.availableActions.includes("RETRY") && (
        <Button
          variant="default"
          leftSection={<IconRepeat size={16} />}
          loading={retrying.isRunning}
          onClick={() => void retrying.retry(task.id)}
        >
          Retry
        </Button>
      )}
      <ConfirmDialog
        opened={isAsking}
        onClose={asking.close}
        title="Cancel this task?"
        confirmLabel="Cancel the task"
        onConfirm={() => cancelling.run({ id: task.id })}
      >
        Nothing will happen on LinkedIn. A cancelled task stays cancelled.
      </ConfirmDialog>
      <RetryDialog retry={retrying} />
    </>
  );
}

function Order({ task }: { task: TaskDetails }) {
  const { profile_url, message } = payloadOf(task.payload);
  const facts: [string, React.ReactNode][] = [
    ["Action", actionLabels[task.actionType]],
    [
      "Profile",
      <Anchor
        key="profile"
        href={profileLink(profile_url)}
        target="_blank"
        rel="noreferrer"
        inherit
      >
        {profile_url}
      </Anchor>,
    ],
    ["Account", task.linkedinAccount.name],
    ["Priority", task.priority],
    ["Attempts", task.attemptCount],
    ["Retries allowed", task.maxRetries],
    ["Created", <RelativeTime key="created" at={task.createdAt} />],
  ];
  if (task.scheduledAt)
    facts.push(["Not before", <RelativeTime key="due" at={task.scheduledAt} />]);
  if (task.retryOf) facts.push(["Retry of", <TaskLink key="retry" id={task.retryOf} />]);
  if (task.retriedAs) facts.push(["Retried as", <TaskLink key="retried" id={task.retriedAs} />]);
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {message !== undefined && <blockquote className={classes.message}>{message}</blockquote>}
    </>
  );
}

function TaskLink({ id }: { id: string }) {
  return (
    <Anchor component={Link} href={`/tasks/${id}`} inherit>
      {id}
    </Anchor>
  );
}

function Snippets({ task }: { task: TaskDetails }) {
  return (
    <Tabs defaultValue="cURL">
      <Tabs.List mb="sm">
        {languages.map((language) => (
          <Tabs.Tab key={language} value={language}>
            {language}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {languages.map((language) => (
        <Tabs.Panel key={language} value={language}>
          <CodeBlock label={language} code={snippet(language, task, location.origin)} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function LateReports({ task }: { task: TaskDetails }) {
  return (
    <>
      {task.attempts.map(
        ({ number, lateReport }) =>
          lateReport !== null && (
            <Stack key={number} gap="xs" mt="md">
              <Text size="sm">
                After the task was final, its agent still reported on attempt {number}:
              </Text>
              <CodeBlock label="late report" code={JSON.stringify(lateReport, null, 2)} />
            </Stack>
          ),
      )}
    </>
  );
}
