import { Button, Group, NativeSelect, TextInput, VisuallyHidden } from "@mantine/core";
import { enumLabel } from "../../components/enumLabel";
import { type ActionType, actionChoices, type TaskStatus, taskStatuses } from "./labels";
import classes from "./TaskFilters.module.css";
import { TaskSearch } from "./TaskSearch";
import type { useTaskFilter } from "./useTaskFilter";

interface Props {
  filtering: ReturnType<typeof useTaskFilter>;
  accounts: readonly { id: string; name: string }[];
}

/** Which tasks the list shows. */
export function TaskFilters({ filtering, accounts }: Props) {
  const { filter, clear } = filtering;
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <search className={classes.bar}>
      <TaskSearch
        key={filter.profileUrl ?? ""}
        profileUrl={filter.profileUrl ?? ""}
        onSearch={(profileUrl) => filtering.change({ profileUrl: profileUrl || undefined })}
      />
      <StatusFilter filtering={filtering} />
      <Group gap="xs" className={classes.choices}>
        <ActionAndAccountFilter filtering={filtering} accounts={accounts} />
        <DateFilter filtering={filtering} />
        {isFiltered && (
          <Button size="xs" variant="subtle" onClick={clear}>
            Clear
          </Button>
        )}
      </Group>
    </search>
  );
}

function StatusFilter({ filtering: { filter, change } }: Pick<Props, "filtering">) {
  const wanted = filter.statuses ?? [];
  const toggle = (status: TaskStatus) => {
    const statuses = wanted.includes(status)
      ? wanted.filter((one) => one !== status)
      : [...wanted, status];
    change({ statuses: statuses.length > 0 ? statuses : undefined, isScheduled: undefined });
  };
  const toggleScheduled = () =>
    change({ statuses: undefined, isScheduled: filter.isScheduled ? undefined : true });
  return (
    <fieldset className={classes.statuses}>
      <VisuallyHidden component="legend">Status</VisuallyHidden>
      <Chip isPressed={filter.isScheduled ?? false} onClick={toggleScheduled}>
        Scheduled
      </Chip>
      {taskStatuses.map((status) => (
        <Chip key={status} isPressed={wanted.includes(status)} onClick={() => toggle(status)}>
          {enumLabel(status)}
        </Chip>
      ))}
    </fieldset>
  );
}

function Chip(props: { isPressed: boolean; onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      className={classes.status}
      aria-pressed={props.isPressed}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}

function ActionAndAccountFilter({ filtering: { filter, change }, accounts }: Props) {
  return (
    <>
      <NativeSelect
        size="xs"
        className={classes.choice}
        aria-label="Action"
        value={filter.actionType ?? ""}
        onChange={({ currentTarget: { value } }) =>
          change({ actionType: value ? (value as ActionType) : undefined })
        }
        data={[{ value: "", label: "All actions" }, ...actionChoices]}
      />
      <NativeSelect
        size="xs"
        className={classes.choice}
        aria-label="LinkedIn account"
        value={filter.linkedinAccountId ?? ""}
        onChange={({ currentTarget: { value } }) =>
          change({ linkedinAccountId: value || undefined })
        }
        data={[
          { value: "", label: "All accounts" },
          ...accounts.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </>
  );
}

/** Both days are included. */
function DateFilter({ filtering: { filter, change } }: Pick<Props, "filtering">) {
  return (
    <Group gap={6} wrap="nowrap" className={classes.dates}>
      <span aria-hidden>Created</span>
      <TextInput
        size="xs"
        type="date"
        aria-label="Created from"
        value={filter.createdFrom ?? ""}
        max={filter.createdTo}
        onChange={({ currentTarget: { value } }) => change({ createdFrom: value || undefined })}
      />
      <span aria-hidden>–</span>
      <TextInput
        size="xs"
        type="date"
        aria-label="Created to"
        value={filter.createdTo ?? ""}
        min={filter.createdFrom}
        onChange={({ currentTarget: { value } }) => change({ createdTo: value || undefined })}
      />
    </Group>
  );
}
