import { Stack, Switch } from "@mantine/core";
import { Dialog } from "../components/Dialog";
import { Facts } from "../components/Facts";
import { type Shortcut, useShortcutSetting } from "./useShortcuts";

/** The list of keyboard shortcuts, and the switch that turns them off. */
export function ShortcutsDialog(props: {
  shortcuts: readonly Shortcut[];
  opened: boolean;
  onClose: () => void;
}) {
  const [areOn, setOn] = useShortcutSetting();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title="Keyboard shortcuts">
      <Stack>
        <Facts
          facts={[
            ...props.shortcuts.map(({ key, label }) => [key, label] as const),
            ["Esc", "Close a dialog or menu"],
          ]}
        />
        <Switch
          label="Use single-key shortcuts"
          checked={areOn}
          onChange={({ currentTarget: { checked } }) => setOn(checked)}
        />
      </Stack>
    </Dialog>
  );
}
