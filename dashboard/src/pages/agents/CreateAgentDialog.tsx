import { Button, Group, Stack, TextInput } from "@mantine/core";
import { Dialog } from "../../components/Dialog";
import { ErrorNotice } from "../../components/ErrorNotice";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useServerForm } from "../../graphql/useServerForm";
import { CreateAgent } from "./documents";

interface Props {
  onClose: () => void;
  onDone: (token: string) => void;
}

export function CreateAgentDialog({ opened, ...props }: Props & { opened: boolean }) {
  return (
    <Dialog opened={opened} onClose={props.onClose} title="New agent">
      <Form {...props} />
    </Dialog>
  );
}

function Form({ onClose, onDone }: Props) {
  const create = useApiMutation(CreateAgent);
  const { form, error, isSending, onSubmit } = useServerForm({
    initialValues: { name: "" },
    send: (input) => create.run({ input }),
    onDone: ({ createAgent }) => onDone(createAgent.token),
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        {error && <ErrorNotice error={error} />}
        <TextInput
          label="Name"
          description="On which computer it will run, say."
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={isSending}>
            Make the agent
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
