import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { Notice } from "../../components/Notice";
import { RelativeTime } from "../../components/RelativeTime";
import { untilTime } from "../../components/times";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { UpdateWebhook, type Webhook } from "./documents";
import { RecoverDialog } from "./RecoverDialog";

interface Props {
  webhook: Webhook;
  onChange: () => void;
}

/** What is wrong, and how to send what waits after the repair. */
export function FailingNotice({ webhook, onChange }: Props) {
  const [isRecovering, recovering] = useDisclosure(false);
  const { failingSince, lastError } = webhook.health;
  return (
    <Notice tone="bad" title={`The last attempt failed: ${lastError ?? "no response"}`}>
      <Group justify="space-between">
        <span>
          {failingSince && (
            <>
              It has been failing since {untilTime(failingSince)} (
              <RelativeTime at={failingSince} />
              ).{" "}
            </>
          )}
          Deliveries are retried automatically. When the receiver works again, you need not wait for
          the next attempt.
        </span>
        <Button size="xs" variant="default" onClick={recovering.open}>
          Recover deliveries…
        </Button>
      </Group>
      <RecoverDialog
        webhookId={webhook.id}
        opened={isRecovering}
        onClose={() => {
          recovering.close();
          onChange();
        }}
      />
    </Notice>
  );
}

/** Why a webhook is off, and the way to switch it on. */
export function SwitchedOffNotice({ webhook, onChange }: Props) {
  const enable = useMutationWithNotification(UpdateWebhook, "The webhook is on again.");
  return (
    <Notice
      tone="bad"
      icon={IconPlugConnectedX}
      title={`This webhook is off${webhook.disabledReason ? `: ${webhook.disabledReason}` : ""}`}
    >
      <Group justify="space-between">
        <span>
          Events that happen while it is off are never sent to it. When you switch it on, pending
          deliveries continue.
        </span>
        <Button
          size="xs"
          variant="default"
          loading={enable.isRunning}
          onClick={() =>
            void enable.run({ input: { id: webhook.id, enabled: true } }).then(onChange)
          }
        >
          Switch on
        </Button>
      </Group>
    </Notice>
  );
}
