import { Button, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { ApiError } from "../graphql/apiError";
import type { MutationResult } from "../graphql/useApiMutation";
import { Dialog } from "./Dialog";
import { ErrorNotice } from "./ErrorNotice";

/**
 * Asks before something that can't be undone. `onConfirm` does it. The dialog closes when that
 * succeeds, and otherwise shows the error.
 */
export function ConfirmDialog(props: {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  onConfirm: () => Promise<MutationResult<unknown>>;
}) {
  const [isRunning, setIsRunning] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const close = () => {
    setError(null);
    props.onClose();
  };
  const confirm = async () => {
    setError(null);
    setIsRunning(true);
    const outcome = await props.onConfirm();
    setIsRunning(false);
    if (outcome.error) setError(outcome.error);
    else close();
  };
  return (
    <Dialog opened={props.opened} onClose={close} title={props.title}>
      <Stack>
        <Text size="sm" component="div">
          {props.children}
        </Text>
        {error && <ErrorNotice error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {props.cancelLabel ?? "Cancel"}
          </Button>
          <Button color="red.8" loading={isRunning} onClick={confirm}>
            {props.confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
