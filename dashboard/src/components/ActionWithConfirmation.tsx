import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import type { MutationResult } from "../graphql/useApiMutation";
import { ConfirmDialog } from "./ConfirmDialog";

/** A small button in a row for what cannot be undone, such as "Revoke"; asks first. */
export function ActionWithConfirmation(props: {
  label: string;
  /** The question, as in "Revoke Backend?" */
  question: string;
  run: () => Promise<MutationResult<unknown>>;
  /** What happens after a confirmation. */
  children: ReactNode;
}) {
  const [isAsking, asking] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={asking.open}>
        {props.label}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        onClose={asking.close}
        title={props.question}
        confirmLabel={props.label}
        onConfirm={props.run}
      >
        {props.children}
      </ConfirmDialog>
    </>
  );
}
