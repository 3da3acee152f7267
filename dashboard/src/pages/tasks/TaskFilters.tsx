import { Button, Group, NativeSelect, VisuallyHidden } from "@mantine/core";
import { type ActionType, actionLabels, statusLabels, type TaskStatus } from "./labels";
import classes from "./TaskFilters.module.css";
import type { TaskFilter } from "./useTaskList";

const statuses = Object.keys(statusLabels) as TaskStatus[];

export function TaskFilters(props: {
  filter: TaskFilter;
  onChange: (change: Partial<TaskFilter>) => void;
  accounts: readonly { id: string; name: string }[];
}) {
  const { filter, onChange } = props;
  const wanted = filter.statuses ?? [];
  const toggle = (status: TaskStatus) =>
    onChange({
      statuses: wanted.includes(status)
        ? wanted.filter((one) => one !== status)
        : [...wanted, status],
    });
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <search className={classes.bar}>
      <fieldset className={classes.statuses}>
        <VisuallyHidden component="legend">Status</VisuallyHidden>
        {statuses.map((status) => (
          <button
            key={status}
            type="button"
            className={classes.status}
            aria-pressed={wanted.includes(status)}
            onClick={() => toggle(status)}
          >
            {statusLabels[status]}
          </button>
        ))}
      </fieldset>
      <Group gap="xs" className={classes.choices}>
        <NativeSelect
          size="xs"
          aria-label="Action"
          value={filter.actionType ?? ""}
          onChange={({ currentTarget: { value } }) =>
            onChange({ actionType: value ? (value as ActionType) : null })
          }
          data={[
            { value: "", label: "Every action" },
            ...Object.entries(actionLabels).map(([value, label]) => ({ value, label })),
          ]}
        />
        <NativeSelect
          size="xs"
          aria-label="LinkedIn account"
          value={filter.linkedinAccountId ?? ""}
          onChange={({ currentTarget: { value } }) =>
            onChange({ linkedinAccountId: value || null })
          }
          data={[
            { value: "", label: "Every account" },
            ...props.accounts.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        {isFiltered && (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => onChange({ statuses: null, actionType: null, linkedinAccountId: null })}
          >
            Clear
          </Button>
        )}
      </Group>
    </search>
  );
}
