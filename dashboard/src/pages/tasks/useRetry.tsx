import { Anchor } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRef, useState } from "react";
import { useClient } from "urql";
import { Link } from "wouter";
import type { ApiError } from "../../graphql/apiError";
import { type MutationResult, useApiMutation } from "../../graphql/useApiMutation";
import { AvailableActions, RetryTask } from "./documents";

export interface Retry {
  retry: (id: string) => Promise<void>;
  isRunning: boolean;
  /** A task whose outcome is unknown: its retry waits for the reader's confirmation. */
  unconfirmed: string | null;
  confirm: () => Promise<MutationResult<unknown>>;
  dismiss: () => void;
}

/**
 * Retries a failed task, as a new task. When the server refuses only because the outcome is
 * unknown, the reader is asked. However often it is called, one request runs at a time.
 */
export function useRetry(): Retry {
  const client = useClient();
  const { run, isRunning } = useApiMutation(RetryTask);
  const [unconfirmed, setUnconfirmed] = useState<string | null>(null);
  const isBusy = useRef(false);

  const send = async (id: string, confirmUnknown: boolean) => {
    const outcome = await run({ id, confirmUnknown });
    if (outcome.data) showRetried(outcome.data.retryTask.task.id);
    return outcome;
  };
  /** A retry that is allowed and yet refused needs a confirmation. */
  const needsConfirmation = async (id: string, { code }: ApiError) => {
    if (code !== "CONFLICT") return false;
    const { data } = await client
      .query(AvailableActions, { id }, { requestPolicy: "network-only" })
      .toPromise();
    return data?.task?.availableActions.includes("RETRY") ?? false;
  };
  const retry = async (id: string) => {
    if (isBusy.current) return;
    isBusy.current = true;
    try {
      const { error } = await send(id, false);
      if (!error) return;
      if (await needsConfirmation(id, error)) setUnconfirmed(id);
      else notifications.show({ color: "red", message: error.message });
    } finally {
      isBusy.current = false;
    }
  };
  return {
    retry,
    isRunning,
    unconfirmed,
    confirm: () => send(unconfirmed ?? "", true),
    dismiss: () => setUnconfirmed(null),
  };
}

function showRetried(id: string): void {
  notifications.show({
    message: (
      <>
        Created a new task as a retry.{" "}
        <Anchor component={Link} href={`/tasks/${id}`} inherit underline="always">
          View new task
        </Anchor>
      </>
    ),
  });
}
