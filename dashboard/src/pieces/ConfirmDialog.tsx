import { Button, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Problem } from "../graphql/problem";
import type { Outcome } from "../graphql/useAction";
import { Dialog } from "./Dialog";
import { ErrorNotice } from "./ErrorNotice";

/**
 * Asks before something that can't be taken back. `onConfirm` does it; the dialog closes when that
 * went well and says what was wrong otherwise.
 */
export function ConfirmDialog(props: {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  onConfirm: () => Promise<Outcome<unknown>>;
}) {
  const [isRunning, setIsRunning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const close = () => {
    setProblem(null);
    props.onClose();
  };
  const confirm = async () => {
    setProblem(null);
    setIsRunning(true);
    const outcome = await props.onConfirm();
    setIsRunning(false);
    if (outcome.problem) setProblem(outcome.problem);
    else close();
  };
  return (
    <Dialog opened={props.opened} onClose={close} title={props.title}>
      <Stack>
        <Text size="sm" component="div">
          {props.children}
        </Text>
        {problem && <ErrorNotice problem={problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {props.cancelLabel ?? "Keep it"}
          </Button>
          <Button color="red.8" loading={isRunning} onClick={confirm}>
            {props.confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
