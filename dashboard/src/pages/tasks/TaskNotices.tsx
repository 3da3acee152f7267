import { Anchor, Stack } from "@mantine/core";
import { Link } from "wouter";
import { Notice } from "../../components/Notice";
import { resultOf } from "./taskContent";
import type { TaskDetails } from "./timeline";

/** What a reader should know first: why the task failed, that it was a dry run, warnings. */
export function TaskNotices({ task }: { task: TaskDetails }) {
  const { error } = resultOf(task.result);
  const isDryRun = task.attempts.some((attempt) => attempt.isDryRun);
  if (!error && !isDryRun && task.warnings.length === 0) return null;
  return (
    <Stack gap="xs" mb="md">
      {error && (
        <Notice tone="bad" title="This task failed">
          {error}
        </Notice>
      )}
      {isDryRun && (
        <Notice tone="warn" title="This was a dry run">
          The agent that ran this task does nothing on LinkedIn. It only reports a result.
        </Notice>
      )}
      {task.warnings.map(({ code, message, taskId }) => (
        <Notice key={code} tone="warn" title={message}>
          {taskId && (
            <Anchor component={Link} href={`/tasks/${taskId}`} size="sm">
              {taskId}
            </Anchor>
          )}
        </Notice>
      ))}
    </Stack>
  );
}
