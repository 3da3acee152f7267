import { ConfirmDialog } from "../../components/ConfirmDialog";
import type { Retry } from "./useRetry";

/** Asks before a task is retried whose outcome is unknown. */
export function RetryDialog({ retry }: { retry: Retry }) {
  return (
    <ConfirmDialog
      opened={retry.unconfirmed !== null}
      onClose={retry.dismiss}
      title="This may already have been sent"
      cancelLabel="Don't retry"
      confirmLabel="Retry anyway"
      onConfirm={retry.confirm}
    >
      It is unknown whether this task was performed on LinkedIn. Check the profile first. A retry
      may send the same message twice.
    </ConfirmDialog>
  );
}
