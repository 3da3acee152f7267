import { Text } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { untilTime } from "../../components/times";
import { useApiMutation } from "../../graphql/useApiMutation";
import { RotateSecret } from "./documents";
import { WebhookSecretDialog } from "./WebhookSecretDialog";

/** Asks, rotates, and shows the new secret once. */
export function RotateSecretDialog(props: {
  webhookId: number;
  opened: boolean;
  onClose: () => void;
}) {
  const rotate = useApiMutation(RotateSecret);
  const [rotated, setRotated] = useState<{ secret: string; oldUntil: string } | null>(null);
  return (
    <>
      <ConfirmDialog
        opened={props.opened}
        onClose={props.onClose}
        title="Rotate the secret?"
        confirmLabel="Rotate"
        onConfirm={async () => {
          const result = await rotate.run({ id: props.webhookId });
          if (result.data) {
            const { secret, previousSecretExpiresAt } = result.data.rotateWebhookSecret;
            setRotated({ secret, oldUntil: previousSecretExpiresAt });
          }
          return result;
        }}
      >
        From now on, events are signed with a new secret. For 24 hours they are also signed with the
        old one, so that you can change your receiver without losing events.
      </ConfirmDialog>
      <WebhookSecretDialog secret={rotated?.secret ?? null} onClose={() => setRotated(null)}>
        {rotated && (
          <Text size="sm">
            Until {untilTime(rotated.oldUntil)}, events are also signed with the old secret, in the
            header <code>X-ZenMode-Signature-Previous</code>.
          </Text>
        )}
      </WebhookSecretDialog>
    </>
  );
}
