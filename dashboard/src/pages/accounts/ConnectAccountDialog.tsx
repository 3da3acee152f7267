import { TextInput } from "@mantine/core";
import { FormDialog } from "../../components/FormDialog";
import { useApiMutation } from "../../graphql/useApiMutation";
import { ConnectAccount } from "./documents";

export function ConnectAccountDialog(props: {
  opened: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const connect = useApiMutation(ConnectAccount);
  return (
    <FormDialog
      {...props}
      title="Connect a LinkedIn account"
      submitLabel="Connect"
      initialValues={{ name: "", profileUrl: "" }}
      send={(input) => connect.run({ input })}
    >
      {(form) => (
        <>
          <TextInput
            label="Name"
            description="What your team calls it."
            data-autofocus
            {...form.getInputProps("name")}
          />
          <TextInput
            label="Profile URL"
            placeholder="https://linkedin.com/in/jane-doe"
            inputMode="url"
            {...form.getInputProps("profileUrl")}
          />
        </>
      )}
    </FormDialog>
  );
}
