import { useLocation } from "wouter";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { DeleteWebhook, type Webhook } from "./documents";

export function DeleteWebhookDialog(props: {
  webhook: Webhook;
  opened: boolean;
  onClose: () => void;
}) {
  const remove = useMutationWithNotification(DeleteWebhook, "The webhook is deleted.");
  const [, navigate] = useLocation();
  return (
    <ConfirmDialog
      opened={props.opened}
      onClose={props.onClose}
      title="Delete this webhook?"
      confirmLabel="Delete"
      onConfirm={async () => {
        const result = await remove.run({ id: props.webhook.id });
        if (result.data) navigate("/webhooks");
        return result;
      }}
    >
      Nothing more is sent to {props.webhook.url}. Pending deliveries fail.
    </ConfirmDialog>
  );
}
