import { notifications } from "@mantine/notifications";
import { useLocation } from "wouter";
import { useAction } from "../../graphql/useAction";
import { CancelTask, RetryTask } from "./documents";

/** What a person can do with a task, and how they are told what came of it. */
export function useTaskActions() {
  const cancelling = useAction(CancelTask);
  const retrying = useAction(RetryTask);
  const [, go] = useLocation();

  const cancel = async (id: string) => {
    const outcome = await cancelling.run({ id });
    if (outcome.problem) notifications.show({ color: "red", message: outcome.problem.message });
    else notifications.show({ message: "The task is cancelled." });
  };
  const retry = async (id: string) => {
    const outcome = await retrying.run({ id });
    if (outcome.problem) notifications.show({ color: "red", message: outcome.problem.message });
    else go(`/tasks/${outcome.data.retryTask.task.id}`);
  };
  return { cancel, retry, isBusy: cancelling.isRunning || retrying.isRunning };
}
