import { ActionIcon, Button, Menu, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconPencil, IconPlugConnectedX, IconStar } from "@tabler/icons-react";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { FormDialog } from "../../components/FormDialog";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { type Account, ConnectAccount, DisconnectAccount, UpdateAccount } from "./documents";
import { PauseDialog } from "./PauseDialog";

interface Props {
  account: Pick<Account, "id" | "name" | "profileUrl" | "status" | "isDefault">;
  onChange: () => void;
}
type DialogProps = Props & { opened: boolean; onClose: () => void };

/** What can be done with a connected account. */
export function AccountActions({ account, onChange }: Props) {
  const [isRenaming, renaming] = useDisclosure(false);
  const [isDisconnecting, disconnecting] = useDisclosure(false);
  const makeDefault = useMutationWithNotification(
    UpdateAccount,
    `${account.name} is now the default.`,
  );
  return (
    <>
      <PauseButton account={account} onChange={onChange} />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={`More actions for ${account.name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!account.isDefault && (
            <Menu.Item
              leftSection={<IconStar size={16} />}
              onClick={() =>
                void makeDefault.run({ input: { id: account.id, isDefault: true } }).then(onChange)
              }
            >
              Use as default
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={renaming.open}>
            Rename…
          </Menu.Item>
          <Menu.Item leftSection={<IconPlugConnectedX size={16} />} onClick={disconnecting.open}>
            Disconnect…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenameDialog {...{ account, onChange }} opened={isRenaming} onClose={renaming.close} />
      <DisconnectDialog
        {...{ account, onChange }}
        opened={isDisconnecting}
        onClose={disconnecting.close}
      />
    </>
  );
}

function PauseButton({ account, onChange }: Props) {
  const [isPausing, pausing] = useDisclosure(false);
  const { run, isRunning } = useMutationWithNotification(
    UpdateAccount,
    `${account.name} is active again.`,
  );
  const resume = () => run({ input: { id: account.id, status: "ACTIVE" } }).then(onChange);
  const isPaused = account.status === "PAUSED";
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={isRunning}
        onClick={isPaused ? () => void resume() : pausing.open}
      >
        {isPaused ? "Resume" : "Pause"}
      </Button>
      <PauseDialog {...{ account, onChange }} opened={isPausing} onClose={pausing.close} />
    </>
  );
}

function RenameDialog({ account, onChange, opened, onClose }: DialogProps) {
  const rename = useApiMutation(UpdateAccount);
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title="Rename the account"
      submitLabel="Rename"
      initialValues={{ name: account.name }}
      send={({ name }) => rename.run({ input: { id: account.id, name } })}
      onDone={onChange}
    >
      {(form) => <TextInput label="Name" data-autofocus {...form.getInputProps("name")} />}
    </FormDialog>
  );
}

function DisconnectDialog({ account, onChange, opened, onClose }: DialogProps) {
  const { run } = useMutationWithNotification(
    DisconnectAccount,
    `${account.name} is disconnected.`,
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Disconnect ${account.name}?`}
      confirmLabel="Disconnect"
      onConfirm={async () => {
        const result = await run({ id: account.id });
        onChange();
        return result;
      }}
    >
      Tasks that wait for it are cancelled. A task that is running may finish. You can connect the
      account again later.
    </ConfirmDialog>
  );
}

/** For an account that was disconnected. */
export function ReconnectButton({ account: { name, profileUrl }, onChange }: Props) {
  const connect = useMutationWithNotification(ConnectAccount, `${name} is connected again.`);
  return (
    <Button
      size="xs"
      variant="default"
      loading={connect.isRunning}
      onClick={() => void connect.run({ input: { name, profileUrl } }).then(onChange)}
    >
      Reconnect
    </Button>
  );
}
