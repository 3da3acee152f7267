import { Button, Menu, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconChevronDown,
  IconDots,
  IconHistory,
  IconKey,
  IconPencil,
  IconPlugConnectedX,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { Dialog } from "../../components/Dialog";
import { untilTime } from "../../components/times";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import {
  ChangeWebhook,
  DeleteWebhook,
  RotateSecret,
  SendTestEvent,
  type Webhook,
} from "./documents";
import { eventNames, type WebhookEvent } from "./labels";
import { RecoverDialog } from "./RecoverDialog";
import { WebhookForm } from "./WebhookForm";
import { WebhookSecret } from "./WebhookSecret";

interface Props {
  webhook: Webhook;
  onChange: () => void;
}

export function WebhookActions({ webhook, onChange }: Props) {
  const [isRecovering, recovering] = useDisclosure(false);
  const [isChanging, changing] = useDisclosure(false);
  const [isRotating, rotating] = useDisclosure(false);
  const [isDeleting, deleting] = useDisclosure(false);
  const switching = useMutationWithNotification(ChangeWebhook, "The webhook is off.");
  return (
    <>
      <TestEventButton webhookId={webhook.id} />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDots size={16} />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconHistory size={16} />} onClick={recovering.open}>
            Recover deliveries…
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={16} />} onClick={rotating.open}>
            Rotate the secret…
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={changing.open}>
            Change address or events…
          </Menu.Item>
          {webhook.enabled && (
            <Menu.Item
              leftSection={<IconPlugConnectedX size={16} />}
              onClick={() =>
                void switching.run({ input: { id: webhook.id, enabled: false } }).then(onChange)
              }
            >
              Switch it off
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={deleting.open}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RecoverDialog webhookId={webhook.id} opened={isRecovering} onClose={recovering.close} />
      <ChangeDialog {...{ webhook, onChange }} opened={isChanging} onClose={changing.close} />
      <Rotation {...{ webhook, onChange }} opened={isRotating} onClose={rotating.close} />
      <Deletion webhook={webhook} opened={isDeleting} onClose={deleting.close} />
    </>
  );
}

function TestEventButton({ webhookId }: { webhookId: number }) {
  const send = useMutationWithNotification(SendTestEvent, "The test event is on its way.");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={16} />} loading={send.isRunning}>
          Send a test event
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(eventNames).map(([event, name]) => (
          <Menu.Item
            key={event}
            onClick={() => void send.run({ id: webhookId, event: event as WebhookEvent })}
          >
            <code>{name}</code>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface DialogProps {
  opened: boolean;
  onClose: () => void;
}

function ChangeDialog({ webhook, onChange, opened, onClose }: Props & DialogProps) {
  const change = useApiMutation(ChangeWebhook);
  return (
    <Dialog opened={opened} onClose={onClose} title="Change the webhook">
      <WebhookForm
        initialValues={{ url: webhook.url, events: [...webhook.events] }}
        submitLabel="Change"
        send={(values) => change.run({ input: { id: webhook.id, ...values } })}
        onDone={() => {
          onChange();
          onClose();
        }}
        onClose={onClose}
      />
    </Dialog>
  );
}

function Rotation({ webhook, opened, onClose }: Props & DialogProps) {
  const rotate = useApiMutation(RotateSecret);
  const [rotated, setRotated] = useState<{ secret: string; oldUntil: string } | null>(null);
  return (
    <>
      <ConfirmDialog
        opened={opened}
        onClose={onClose}
        title="Rotate the secret?"
        confirmLabel="Rotate"
        onConfirm={async () => {
          const outcome = await rotate.run({ id: webhook.id });
          if (outcome.data) {
            const { secret, previousSecretExpiresAt } = outcome.data.rotateWebhookSecret;
            setRotated({ secret, oldUntil: previousSecretExpiresAt });
          }
          return outcome;
        }}
      >
        A new secret signs from now on. So that no event is refused while you put it in place, the
        old one signs beside it for 24 hours.
      </ConfirmDialog>
      <WebhookSecret secret={rotated?.secret ?? null} onClose={() => setRotated(null)}>
        {rotated && (
          <Text size="sm">
            Until {untilTime(rotated.oldUntil)}, events are also signed with the old secret, in the
            header <code>X-ZenMode-Signature-Previous</code>.
          </Text>
        )}
      </WebhookSecret>
    </>
  );
}

function Deletion({ webhook, opened, onClose }: { webhook: Webhook } & DialogProps) {
  const remove = useMutationWithNotification(DeleteWebhook, "The webhook is deleted.");
  const [, go] = useLocation();
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Delete this webhook?"
      confirmLabel="Delete"
      onConfirm={async () => {
        const outcome = await remove.run({ id: webhook.id });
        if (outcome.data) go("/webhooks");
        return outcome;
      }}
    >
      Nothing more is sent to {webhook.url}; what is pending counts as failed.
    </ConfirmDialog>
  );
}
