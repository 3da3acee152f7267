import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Dialog } from "../../components/Dialog";
import { ErrorNotice } from "../../components/ErrorNotice";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useServerForm } from "../../graphql/useServerForm";
import { Recover } from "./documents";

interface Props {
  webhookId: number;
  onClose: () => void;
}

export function RecoverDialog({ opened, ...props }: Props & { opened: boolean }) {
  return (
    <Dialog opened={opened} onClose={props.onClose} title="Recover deliveries">
      <Form {...props} />
    </Dialog>
  );
}

function Form({ webhookId, onClose }: Props) {
  const recover = useApiMutation(Recover);
  const { form, error, isSending, onSubmit } = useServerForm({
    initialValues: { since: localTime(Date.now() - DAY_MS) },
    send: ({ since }) =>
      recover.run({ id: webhookId, since: since && new Date(since).toISOString() }),
    onDone: ({ recoverDeliveries: { count } }) => {
      notifications.show({
        message:
          count === 1
            ? "1 delivery is on its way."
            : `${count.toLocaleString("en")} deliveries are on their way.`,
      });
      onClose();
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        {error && <ErrorNotice error={error} />}
        <Text size="sm">
          Deliveries that failed since then are sent again, as new ones with the same body. Those
          that are pending are attempted now.
        </Text>
        <TextInput
          label="Since"
          description="In your time zone"
          type="datetime-local"
          data-autofocus
          {...form.getInputProps("since")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={isSending}>
            Recover
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const DAY_MS = 86_400_000;

/** As a datetime-local field has it: where the reader is, to the minute. */
function localTime(ms: number): string {
  const offsetMs = new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offsetMs).toISOString().slice(0, 16);
}
