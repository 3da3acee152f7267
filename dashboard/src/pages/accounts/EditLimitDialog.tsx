import { Button, SimpleGrid, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { FormDialog } from "../../components/FormDialog";
import { useApiMutation } from "../../graphql/useApiMutation";
import { type AccountDetails, UpdatePacing } from "./documents";
import { actionLabel } from "./labels";
import { type ActionLimits, type LimitForm, limitChange, limitForm } from "./limits";

interface Values extends Record<string, unknown> {
  limits: [LimitForm];
}

/** The limits and the gap of one kind of action. */
export function EditLimitDialog(props: {
  limits: ActionLimits;
  account: AccountDetails;
  onChange: () => void;
  opened: boolean;
  onClose: () => void;
}) {
  const { run } = useApiMutation(UpdatePacing);
  const before = limitForm(props.limits);
  return (
    <FormDialog
      opened={props.opened}
      onClose={props.onClose}
      title={`Limits of “${actionLabel(props.limits.actionType)}”`}
      submitLabel="Save"
      initialValues={{ limits: [before] } as Values}
      send={({ limits: [after] }) =>
        run({
          input: { linkedinAccountId: props.account.id, limits: [limitChange(before, after)] },
        })
      }
      onDone={props.onChange}
    >
      {(form) => <LimitFields form={form} />}
    </FormDialog>
  );
}

function LimitFields({ form }: { form: UseFormReturnType<Values> }) {
  const field = (name: keyof LimitForm, label: string) => (
    <TextInput
      label={label}
      type="number"
      inputMode="numeric"
      min={0}
      placeholder="The default"
      {...form.getInputProps(`limits.0.${name}`)}
    />
  );
  const empty = () => {
    for (const name of ["perDay", "perWeek", "gapMinSeconds", "gapMaxSeconds"]) {
      form.setFieldValue(`limits.0.${name}`, "");
    }
  };
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {field("perDay", "In 24 hours")}
        {field("perWeek", "In 7 days")}
        {field("gapMinSeconds", "Shortest gap, in seconds")}
        {field("gapMaxSeconds", "Longest gap, in seconds")}
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        0 in 24 hours or 7 days means never. After each action, the next of its kind waits for a
        time between the two gaps. An empty field takes the default.
      </Text>
      <div>
        <Button size="compact-xs" variant="subtle" onClick={empty}>
          Use the defaults
        </Button>
      </div>
    </>
  );
}
