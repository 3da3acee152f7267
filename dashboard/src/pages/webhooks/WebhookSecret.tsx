import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { CodeBlock } from "../../components/CodeBlock";
import { SecretDialog } from "../../components/SecretDialog";
import { verifyingSnippet } from "./labels";

/** A webhook's secret, this once, and what a receiver does with it. */
export function WebhookSecret(props: {
  secret: string | null;
  onClose: () => void;
  children?: ReactNode;
}) {
  return (
    <SecretDialog
      secret={props.secret}
      onClose={props.onClose}
      title="The webhook's secret"
      label="secret"
    >
      {props.children}
      <Text size="sm">
        Every event is signed with it. Your receiver checks that before it believes anything (Node;
        the documentation has Python too):
      </Text>
      <CodeBlock label="verifying function" code={verifyingSnippet} />
    </SecretDialog>
  );
}
