import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { SendTestEvent } from "./documents";
import { eventName, webhookEvents } from "./labels";

export function SendTestEventButton({ webhookId }: { webhookId: number }) {
  const send = useMutationWithNotification(SendTestEvent, "The test event is being sent.");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={16} />} loading={send.isRunning}>
          Send a test event
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {webhookEvents.map((event) => (
          <Menu.Item key={event} onClick={() => void send.run({ id: webhookId, event })}>
            <code>{eventName(event)}</code>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
