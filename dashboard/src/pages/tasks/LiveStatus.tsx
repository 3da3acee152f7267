import { Button, Group, Text } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Badge } from "../../components/Badge";
import classes from "./TasksPage.module.css";
import type { LiveTasks } from "./useTaskList";

/** Whether the list shows changes as they happen, and the switch for that. It pauses no task. */
export function LiveStatus({ tasks, children }: { tasks: LiveTasks; children?: ReactNode }) {
  const { isPaused, setPaused, waitingChanges } = tasks;
  const Icon = isPaused ? IconPlayerPlay : IconPlayerPause;
  return (
    <Group gap="sm" className={classes.liveStatus}>
      <Badge tone={isPaused ? "warn" : "good"}>{isPaused ? "Updates paused" : "Live"}</Badge>
      <Text size="xs" c="dimmed" role="status">
        {waitingChanges > 0 &&
          (waitingChanges === 1 ? "1 task has changed" : `${waitingChanges} tasks have changed`)}
      </Text>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<Icon size={14} />}
        onClick={() => setPaused(!isPaused)}
      >
        {isPaused ? "Resume updates" : "Pause updates"}
      </Button>
      {children}
    </Group>
  );
}
