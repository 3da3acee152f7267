import { notifications } from "@mantine/notifications";
import { useAction } from "../../graphql/useAction";
import { RetryTask } from "./documents";

/** Orders a failed task once more; `onOrdered` gets the new task's id. */
export function useRetry(onOrdered: (id: string) => void) {
  const { run, isRunning } = useAction(RetryTask);
  const retry = async (id: string) => {
    const { data, problem } = await run({ id });
    if (problem) notifications.show({ color: "red", message: problem.message });
    else onOrdered(data.retryTask.task.id);
  };
  return { retry, isRunning };
}
