import { Button, Group, Stack, TextInput } from "@mantine/core";
import { Dialog } from "../../components/Dialog";
import { ErrorNotice } from "../../components/ErrorNotice";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useServerForm } from "../../graphql/useServerForm";
import { ConnectAccount } from "./documents";

interface Props {
  onClose: () => void;
  onDone: () => void;
}

export function ConnectAccountDialog({ opened, ...props }: Props & { opened: boolean }) {
  return (
    <Dialog opened={opened} onClose={props.onClose} title="Connect a LinkedIn account">
      <Form {...props} />
    </Dialog>
  );
}

function Form({ onClose, onDone }: Props) {
  const connect = useApiMutation(ConnectAccount);
  const { form, error, isSending, onSubmit } = useServerForm({
    initialValues: { name: "", profileUrl: "" },
    send: (input) => connect.run({ input }),
    onDone: () => {
      onDone();
      onClose();
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        {error && <ErrorNotice error={error} />}
        <TextInput
          label="Name"
          description="How your team calls it."
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TextInput
          label="Profile"
          placeholder="https://linkedin.com/in/jane-doe"
          inputMode="url"
          {...form.getInputProps("profileUrl")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={isSending}>
            Connect
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
