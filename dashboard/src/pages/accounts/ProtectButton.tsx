import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconShieldCheck } from "@tabler/icons-react";
import { useApiMutation } from "../../graphql/useApiMutation";
import { UpdatePacing } from "./documents";

/** Switches pacing on for accounts that have none, with one click. */
export function ProtectButton(props: {
  accounts: readonly { id: string; name: string }[];
  onChange: () => void;
}) {
  const { accounts, onChange } = props;
  const { run, isRunning } = useApiMutation(UpdatePacing);
  const protect = async () => {
    for (const { id, name } of accounts) {
      const { data, error } = await run({ input: { linkedinAccountId: id, isOn: true } });
      const isOn = data?.updatePacing.linkedinAccount.pacing.isOn ?? false;
      notifications.show({
        ...(!isOn && { color: error ? "red" : "yellow" }),
        message: error ? error.message : protectedText(name, isOn),
      });
      if (error) break;
    }
    onChange();
  };
  const label =
    accounts.length === 1 ? "Protect this account" : `Protect ${accounts.length} accounts`;
  return (
    <Button
      size="xs"
      leftSection={<IconShieldCheck size={16} />}
      loading={isRunning}
      onClick={() => void protect()}
    >
      {label}
    </Button>
  );
}

const protectedText = (name: string, isOn: boolean): string =>
  isOn
    ? `${name} is paced now.`
    : `${name} will be paced as soon as the operator switches pacing on for this installation.`;
