import { ConfirmDialog } from "../../components/ConfirmDialog";
import { useApiMutation } from "../../graphql/useApiMutation";
import { CancelTask } from "./documents";

/** Asks before a task is cancelled; null asks nothing. */
export function CancelTaskDialog(props: { taskId: string | null; onClose: () => void }) {
  const cancelling = useApiMutation(CancelTask);
  return (
    <ConfirmDialog
      opened={props.taskId !== null}
      onClose={props.onClose}
      title="Cancel this task?"
      cancelLabel="Keep task"
      confirmLabel="Cancel task"
      onConfirm={() => cancelling.run({ id: props.taskId ?? "" })}
    >
      Nothing will happen on LinkedIn. A cancelled task cannot be resumed.
    </ConfirmDialog>
  );
}
