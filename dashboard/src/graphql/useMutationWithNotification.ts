import { notifications } from "@mantine/notifications";
import type { AnyVariables, TypedDocumentNode } from "@urql/core";
import { type MutationResult, useApiMutation } from "./useApiMutation";

/** A mutation behind a button: a notification in a corner shows its outcome. */
export function useMutationWithNotification<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  done: string | ((data: Data) => string),
): { run: (variables: Variables) => Promise<MutationResult<Data>>; isRunning: boolean } {
  const action = useApiMutation(document);
  const run = async (variables: Variables) => {
    const outcome = await action.run(variables);
    if (outcome.error) {
      notifications.show({ color: "red", message: outcome.error.message });
    } else {
      notifications.show({ message: typeof done === "string" ? done : done(outcome.data) });
    }
    return outcome;
  };
  return { run, isRunning: action.isRunning };
}
