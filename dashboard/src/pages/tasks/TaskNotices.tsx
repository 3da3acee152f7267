import { Alert, Anchor, Stack } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { Link } from "wouter";
import { errorText, type TaskDetails } from "./timeline";

/** What a reader should know first: why it failed, what may not be meant, that it was not real. */
export function TaskNotices({ task }: { task: TaskDetails }) {
  const failure = errorText((task.result as { error?: unknown } | null)?.error);
  const isDryRun = task.attempts.some((attempt) => attempt.isDryRun);
  if (!failure && !isDryRun && task.warnings.length === 0) return null;
  return (
    <Stack gap="xs" mb="md">
      {failure && (
        <Alert
          color="var(--tone-bad)"
          icon={<IconAlertTriangle />}
          title="This task failed"
          styles={{ title: { color: "var(--tone-bad)" } }}
        >
          {failure}
        </Alert>
      )}
      {isDryRun && (
        <Alert
          color="var(--tone-warn)"
          icon={<IconInfoCircle />}
          title="This was a dry run"
          styles={{ title: { color: "var(--tone-warn)" } }}
        >
          The agent that ran this task does nothing on LinkedIn. It only reports success.
        </Alert>
      )}
      {task.warnings.map(({ code, message, taskId }) => (
        <Alert
          key={code}
          color="var(--tone-warn)"
          icon={<IconInfoCircle />}
          title={message}
          styles={{ title: { color: "var(--tone-warn)" } }}
        >
          {taskId && (
            <Anchor component={Link} href={`/tasks/${taskId}`} size="sm">
              {taskId}
            </Anchor>
          )}
        </Alert>
      ))}
    </Stack>
  );
}
