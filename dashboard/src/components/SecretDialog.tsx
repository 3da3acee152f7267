import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { CodeBlock } from "./CodeBlock";
import { Dialog } from "./Dialog";

/** A secret that cannot be read later: closes only with its button, never by a stray click. */
export function SecretDialog(props: {
  /** Null: there is nothing to show. */
  secret: string | null;
  onClose: () => void;
  title: string;
  label: string;
  /** What to do with it: a command or a snippet with the secret filled in. */
  children?: ReactNode;
}) {
  return (
    <Dialog
      opened={props.secret !== null}
      onClose={props.onClose}
      title={props.title}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Text size="sm">
          Copy it now and store it in a safe place. <strong>You cannot see it again.</strong>
        </Text>
        <CodeBlock code={props.secret ?? ""} label={props.label} />
        {props.children}
        <Group justify="flex-end">
          <Button onClick={props.onClose}>I've saved it</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
