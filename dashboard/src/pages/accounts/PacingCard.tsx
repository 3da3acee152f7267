import { Button, Group, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { ActionWithConfirmation } from "../../components/ActionWithConfirmation";
import { Card } from "../../components/Card";
import { Countdown } from "../../components/Countdown";
import { Facts } from "../../components/Facts";
import { FormDialog } from "../../components/FormDialog";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { type AccountDetails, UpdatePacing } from "./documents";
import { numberOf } from "./limits";

interface Props {
  account: AccountDetails;
  onChange: () => void;
}

/** Whether the account is paced, and how fast a new one reaches its limits. */
export function PacingCard(props: Props) {
  const { isOn, perDay, rampDays, rampEndsAt } = props.account.pacing;
  const [isEditing, editing] = useDisclosure(false);
  const facts: [string, ReactNode][] = [["Pacing", isOn ? "On" : "Off"]];
  if (isOn) {
    facts.push(["All actions", `${perDay} in 24 hours`]);
    facts.push(["Ramp", rampDays === 0 ? "None" : `${rampDays} days`]);
  }
  if (isOn && rampEndsAt) facts.push(["Full limits", <Countdown key="ramp" until={rampEndsAt} />]);
  return (
    <Card title="Pacing">
      <Facts facts={facts} />
      {isOn && (
        <Group gap="xs" mt="sm">
          <Button size="xs" variant="default" onClick={editing.open}>
            Edit
          </Button>
          <SwitchOff {...props} />
        </Group>
      )}
      <RampDialog {...props} opened={isEditing} onClose={editing.close} />
    </Card>
  );
}

function SwitchOff({ account, onChange }: Props) {
  const { run } = useMutationWithNotification(UpdatePacing, `${account.name} is not paced now.`);
  return (
    <ActionWithConfirmation
      label="Switch pacing off"
      question={`Switch pacing off for ${account.name}?`}
      run={async () => {
        const result = await run({ input: { linkedinAccountId: account.id, isOn: false } });
        onChange();
        return result;
      }}
    >
      Its tasks then run as fast as an agent takes them, at any hour. LinkedIn restricts accounts
      that do too much. Your limits and hours are saved for the day you switch it on again.
    </ActionWithConfirmation>
  );
}

function RampDialog(props: Props & { opened: boolean; onClose: () => void }) {
  const { run } = useApiMutation(UpdatePacing);
  const { id, pacing } = props.account;
  return (
    <FormDialog
      opened={props.opened}
      onClose={props.onClose}
      title="Pacing"
      submitLabel="Save"
      initialValues={{ perDay: String(pacing.perDay), rampDays: String(pacing.rampDays) }}
      send={({ perDay, rampDays }) =>
        run({
          input: {
            linkedinAccountId: id,
            perDay: numberOf(perDay),
            rampDays: numberOf(rampDays),
          },
        })
      }
      onDone={props.onChange}
    >
      {(form) => (
        <>
          <TextInput
            label="All actions together, in 24 hours"
            description="0 to 500. Empty: the default."
            type="number"
            {...form.getInputProps("perDay")}
          />
          <TextInput
            label="Ramp, in days"
            description="A new account begins at a fifth of each limit. 0 to 90; 0: no ramp."
            type="number"
            {...form.getInputProps("rampDays")}
          />
        </>
      )}
    </FormDialog>
  );
}
