import { TextInput } from "@mantine/core";
import { FormDialog } from "../../components/FormDialog";
import { useApiMutation } from "../../graphql/useApiMutation";
import { CreateApiKey } from "./documents";

export function CreateKeyDialog(props: {
  opened: boolean;
  onClose: () => void;
  onDone: (token: string) => void;
}) {
  const create = useApiMutation(CreateApiKey);
  return (
    <FormDialog
      {...props}
      title="New API key"
      submitLabel="Create key"
      initialValues={{ name: "", expiresAt: "" }}
      send={({ name, expiresAt }) =>
        create.run({
          input: { name, expiresAt: expiresAt ? new Date(expiresAt).toISOString() : null },
        })
      }
      onDone={({ createApiKey }) => props.onDone(createApiKey.token)}
    >
      {(form) => (
        <>
          <TextInput
            label="Name"
            description="The program that will use it."
            data-autofocus
            {...form.getInputProps("name")}
          />
          <TextInput
            label="Expires"
            description="In your time zone. Leave it empty for a key that never expires."
            type="datetime-local"
            {...form.getInputProps("expiresAt")}
          />
        </>
      )}
    </FormDialog>
  );
}
