import {
  Group,
  Menu,
  SegmentedControl,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconKeyboard, IconLogout, IconSelector } from "@tabler/icons-react";
import { useLocation } from "wouter";
import { graphql } from "../graphql/graphql";
import { useApiMutation } from "../graphql/useApiMutation";
import { useSession, useViewer } from "../session/SessionProvider";
import classes from "./Navigation.module.css";
import { showShortcuts } from "./Shortcuts";

const SignOut = graphql(`mutation SignOut { signOut { ok } }`);

const schemes = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "auto", label: "Auto" },
] as const;

/** The workspace, the appearance, and signing out. */
export function UserMenu() {
  const { user, workspace } = useViewer();
  const { forget } = useSession();
  const signOut = useApiMutation(SignOut);
  const [, go] = useLocation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();

  const signOutNow = async () => {
    const { error } = await signOut.run({});
    if (error) return notifications.show({ color: "red", message: error.message });
    // The next person to sign in starts at the overview.
    go("/");
    forget();
  };

  return (
    <div className={classes.foot}>
      <Menu position="top-start" width={220}>
        <Menu.Target>
          <UnstyledButton className={classes.user}>
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <div style={{ minWidth: 0 }}>
                <Text size="sm" fw={600} className={classes.name}>
                  {workspace.name}
                </Text>
                <Text size="xs" c="dimmed" className={classes.name}>
                  {user?.email}
                </Text>
              </div>
              <IconSelector size={16} aria-hidden />
            </Group>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Appearance</Menu.Label>
          <SegmentedControl
            fullWidth
            size="xs"
            mb={4}
            aria-label="Appearance"
            data={[...schemes]}
            value={colorScheme}
            onChange={setColorScheme}
          />
          <Menu.Divider />
          <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={showShortcuts}>
            Keyboard shortcuts
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOutNow}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
