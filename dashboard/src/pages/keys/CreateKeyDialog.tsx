import { Button, Group, Stack, TextInput } from "@mantine/core";
import { Dialog } from "../../components/Dialog";
import { ErrorNotice } from "../../components/ErrorNotice";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useServerForm } from "../../graphql/useServerForm";
import { CreateApiKey } from "./documents";

interface Props {
  onClose: () => void;
  onDone: (token: string) => void;
}

export function CreateKeyDialog({ opened, ...props }: Props & { opened: boolean }) {
  return (
    <Dialog opened={opened} onClose={props.onClose} title="New API key">
      <Form {...props} />
    </Dialog>
  );
}

function Form({ onClose, onDone }: Props) {
  const create = useApiMutation(CreateApiKey);
  const { form, error, isSending, onSubmit } = useServerForm({
    initialValues: { name: "", expiresAt: "" },
    send: ({ name, expiresAt }) =>
      create.run({
        input: { name, expiresAt: expiresAt ? new Date(expiresAt).toISOString() : null },
      }),
    onDone: ({ createApiKey }) => onDone(createApiKey.token),
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        {error && <ErrorNotice error={error} />}
        <TextInput
          label="Name"
          description="Which program it is for."
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TextInput
          label="Expires"
          description="In your time zone; left empty it never does."
          type="datetime-local"
          {...form.getInputProps("expiresAt")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={isSending}>
            Make the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
