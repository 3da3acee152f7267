import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useAction } from "../../graphql/useAction";
import { useServerForm } from "../../graphql/useServerForm";
import { ErrorNotice } from "../../pieces/ErrorNotice";
import { Recover } from "./documents";

interface Props {
  webhookId: number;
  onClose: () => void;
}

export function RecoverDialog({ opened, ...props }: Props & { opened: boolean }) {
  return (
    <Modal opened={opened} onClose={props.onClose} title="Recover what failed">
      <Form {...props} />
    </Modal>
  );
}

function Form({ webhookId, onClose }: Props) {
  const recover = useAction(Recover);
  const { form, problem, isSending, onSubmit } = useServerForm({
    initialValues: { since: localTime(Date.now() - DAY_MS) },
    send: ({ since }) =>
      recover.run({ id: webhookId, since: since && new Date(since).toISOString() }),
    onDone: ({ recoverDeliveries: { count } }) => {
      notifications.show({
        message: count === 1 ? "1 delivery is sent again." : `${count} deliveries are sent again.`,
      });
      onClose();
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        {problem && <ErrorNotice problem={problem} />}
        <Text size="sm">
          Every delivery that failed since then is sent once more, as a new one with the same body.
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
            Send them again
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
