import { notifications } from "@mantine/notifications";
import type { AnyVariables, TypedDocumentNode } from "@urql/core";
import { type Outcome, useAction } from "./useAction";

/** A mutation behind a button: the reader is told what came of it, in a corner. */
export function useToldAction<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  done: string | ((data: Data) => string),
): { run: (variables: Variables) => Promise<Outcome<Data>>; isRunning: boolean } {
  const action = useAction(document);
  const run = async (variables: Variables) => {
    const outcome = await action.run(variables);
    if (outcome.problem) {
      notifications.show({ color: "red", message: outcome.problem.message });
    } else {
      notifications.show({ message: typeof done === "string" ? done : done(outcome.data) });
    }
    return outcome;
  };
  return { run, isRunning: action.isRunning };
}
