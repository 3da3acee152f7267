import { Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconDots,
  IconHistory,
  IconKey,
  IconPencil,
  IconPlugConnectedX,
  IconTrash,
} from "@tabler/icons-react";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { DeleteWebhookDialog } from "./DeleteWebhookDialog";
import { UpdateWebhook, type Webhook } from "./documents";
import { RecoverDialog } from "./RecoverDialog";
import { RotateSecretDialog } from "./RotateSecretDialog";
import { SendTestEventButton } from "./SendTestEventButton";
import { WebhookFormDialog } from "./WebhookFormDialog";

interface Props {
  webhook: Webhook;
  onChange: () => void;
}

/** What can be done with a webhook. */
export function WebhookActions({ webhook, onChange }: Props) {
  const [isRecovering, recovering] = useDisclosure(false);
  const [isChanging, changing] = useDisclosure(false);
  const [isRotating, rotating] = useDisclosure(false);
  const [isDeleting, deleting] = useDisclosure(false);
  return (
    <>
      <SendTestEventButton webhookId={webhook.id} />
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
            Change URL or events…
          </Menu.Item>
          {webhook.enabled && <SwitchOffItem webhook={webhook} onChange={onChange} />}
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={deleting.open}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RecoverDialog webhookId={webhook.id} opened={isRecovering} onClose={recovering.close} />
      <ChangeDialog {...{ webhook, onChange }} opened={isChanging} onClose={changing.close} />
      <RotateSecretDialog webhookId={webhook.id} opened={isRotating} onClose={rotating.close} />
      <DeleteWebhookDialog webhook={webhook} opened={isDeleting} onClose={deleting.close} />
    </>
  );
}

function SwitchOffItem({ webhook, onChange }: Props) {
  const { run } = useMutationWithNotification(UpdateWebhook, "The webhook is off.");
  return (
    <Menu.Item
      leftSection={<IconPlugConnectedX size={16} />}
      onClick={() => void run({ input: { id: webhook.id, enabled: false } }).then(onChange)}
    >
      Switch off
    </Menu.Item>
  );
}

function ChangeDialog(props: Props & { opened: boolean; onClose: () => void }) {
  const { webhook, onChange, opened, onClose } = props;
  const change = useApiMutation(UpdateWebhook);
  return (
    <WebhookFormDialog
      opened={opened}
      onClose={onClose}
      title="Change the webhook"
      submitLabel="Save"
      initialValues={{ url: webhook.url, events: [...webhook.events] }}
      send={(values) => change.run({ input: { id: webhook.id, ...values } })}
      onDone={onChange}
    />
  );
}
