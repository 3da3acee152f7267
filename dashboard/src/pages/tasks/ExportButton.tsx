import { Button, Group, Text } from "@mantine/core";
import { IconDownload, IconX } from "@tabler/icons-react";
import { useMemo } from "react";
import type { TaskFilter } from "./taskFilter";
import { useTaskExport } from "./useTaskExport";

/** Downloads the filtered list; while it runs, shows how far it is, and can be cancelled. */
export function ExportButton(props: {
  filter: TaskFilter;
  /** How many tasks there are, if that is known. */
  total: number | undefined;
  accounts: readonly { id: string; name: string }[];
}) {
  const { filter, total, accounts } = props;
  const names = useMemo(() => new Map(accounts.map(({ id, name }) => [id, name])), [accounts]);
  const { count, start, cancel } = useTaskExport(filter, names);
  if (count === null) {
    return (
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconDownload size={14} />}
        disabled={total === 0}
        onClick={() => void start()}
      >
        Export CSV
      </Button>
    );
  }
  return (
    <Group gap="xs" role="status">
      <Text size="xs" c="dimmed">
        Exporting {count.toLocaleString("en")}
        {total !== undefined && ` of ${Math.max(total, count).toLocaleString("en")}`} tasks
      </Text>
      <Button size="compact-xs" variant="subtle" leftSection={<IconX size={14} />} onClick={cancel}>
        Cancel export
      </Button>
    </Group>
  );
}
