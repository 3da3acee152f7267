import { Text, TextInput } from "@mantine/core";
import { FormDialog } from "../../components/FormDialog";
import { fromLocal } from "../../components/times";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { UpdateAccount } from "./documents";

/** Asks for a note and an end, both of which may be left out, and pauses the account. */
export function PauseDialog(props: {
  account: { id: string; name: string };
  opened: boolean;
  onClose: () => void;
  onChange: () => void;
}) {
  const { id, name } = props.account;
  const pause = useMutationWithNotification(UpdateAccount, `${name} is paused.`);
  return (
    <FormDialog
      opened={props.opened}
      onClose={props.onClose}
      title={`Pause ${name}`}
      submitLabel="Pause"
      initialValues={{ pausedNote: "", pausedUntil: "" }}
      send={({ pausedNote, pausedUntil }) =>
        pause.run({
          input: {
            id,
            status: "PAUSED",
            pausedNote: pausedNote.trim() || null,
            pausedUntil: fromLocal(pausedUntil),
          },
        })
      }
      onDone={props.onChange}
    >
      {(form) => (
        <>
          <Text size="sm">
            Its tasks wait until it is resumed. A task that is running may finish.
          </Text>
          <TextInput
            label="Note"
            description="Your team reads it wherever a task waits for the account."
            data-autofocus
            dir="auto"
            {...form.getInputProps("pausedNote")}
          />
          <TextInput
            label="Until"
            description="In your time zone. Leave it empty to resume the account yourself."
            type="datetime-local"
            {...form.getInputProps("pausedUntil")}
          />
        </>
      )}
    </FormDialog>
  );
}
