import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconRepeat } from "@tabler/icons-react";
import { CancelTaskDialog } from "./CancelTaskDialog";
import { RetryDialog } from "./RetryDialog";
import type { TaskDetails } from "./timeline";
import { useRetry } from "./useRetry";

/** What can be done with a task now. */
export function TaskActions({ task }: { task: TaskDetails }) {
  const [isCancelling, cancelling] = useDisclosure(false);
  const retrying = useRetry();
  return (
    <>
      {task.availableActions.includes("CANCEL") && (
        <Button variant="default" onClick={cancelling.open}>
          Cancel task
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
      <CancelTaskDialog taskId={isCancelling ? task.id : null} onClose={cancelling.close} />
      <RetryDialog retry={retrying} />
    </>
  );
}
