import { TextInput } from "@mantine/core";
import { FormDialog } from "../../components/FormDialog";
import { useApiMutation } from "../../graphql/useApiMutation";
import { CreateAgent } from "./documents";

export function CreateAgentDialog(props: {
  opened: boolean;
  onClose: () => void;
  onDone: (token: string) => void;
}) {
  const create = useApiMutation(CreateAgent);
  return (
    <FormDialog
      {...props}
      title="New agent"
      submitLabel="Create agent"
      initialValues={{ name: "" }}
      send={(input) => create.run({ input })}
      onDone={({ createAgent }) => props.onDone(createAgent.token)}
    >
      {(form) => (
        <TextInput
          label="Name"
          description="For example, the computer on which it runs."
          data-autofocus
          {...form.getInputProps("name")}
        />
      )}
    </FormDialog>
  );
}
