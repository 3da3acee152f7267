import { Anchor, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { CodeBlock } from "../../components/CodeBlock";
import { SecretDialog } from "../../components/SecretDialog";
import { verifySnippet } from "./verifySnippet";

/** A webhook's secret, shown once, and how a receiver uses it. */
export function WebhookSecretDialog(props: {
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
        Every event is signed with this secret. Your receiver verifies the signature before it uses
        the event. This is the function for Node; the{" "}
        <Anchor href="/docs/webhooks" target="_blank" inherit underline="always">
          documentation
        </Anchor>{" "}
        also has it for Python.
      </Text>
      <CodeBlock label="verifying function" code={verifySnippet} />
    </SecretDialog>
  );
}
