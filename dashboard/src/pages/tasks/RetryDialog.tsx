import { ConfirmDialog } from "../../components/ConfirmDialog";
import type { Retry } from "./useRetry";

/** Asks before a task is retried that may have been done already. */
export function RetryDialog({ retry }: { retry: Retry }) {
  return (
    <ConfirmDialog
      opened={retry.unconfirmed !== null}
      onClose={retry.dismiss}
      title="This may already have been sent"
      cancelLabel="Don't send"
      confirmLabel="Send it again"
      onConfirm={retry.confirm}
    >
      It is unknown whether this task was done on LinkedIn. Check the profile first. Send it again?
    </ConfirmDialog>
  );
}
