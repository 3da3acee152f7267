import { Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { FormDialog } from "../../components/FormDialog";
import { useApiMutation } from "../../graphql/useApiMutation";
import { RecoverDeliveries } from "./documents";

const DAY_MS = 86_400_000;

/** Resends what failed and retries what is pending, since a time. */
export function RecoverDialog(props: { webhookId: number; opened: boolean; onClose: () => void }) {
  const recover = useApiMutation(RecoverDeliveries);
  return (
    <FormDialog
      opened={props.opened}
      onClose={props.onClose}
      title="Recover deliveries"
      submitLabel="Recover"
      initialValues={{ since: localTime(Date.now() - DAY_MS) }}
      send={({ since }) =>
        recover.run({ id: props.webhookId, since: since && new Date(since).toISOString() })
      }
      onDone={({ recoverDeliveries: { count } }) => notifications.show({ message: sending(count) })}
    >
      {(form) => (
        <>
          <Text size="sm">
            Deliveries that failed since then are resent, as new ones with the same body. Pending
            ones are retried now.
          </Text>
          <TextInput
            label="Since"
            description="In your time zone"
            type="datetime-local"
            data-autofocus
            {...form.getInputProps("since")}
          />
        </>
      )}
    </FormDialog>
  );
}

const sending = (count: number): string =>
  count === 1
    ? "1 delivery is being sent."
    : `${count.toLocaleString("en")} deliveries are being sent.`;

/** As a datetime-local field has it: in the reader's time zone, to the minute. */
function localTime(ms: number): string {
  const offsetMs = new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offsetMs).toISOString().slice(0, 16);
}
