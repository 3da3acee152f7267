import { ActionIcon, Button, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { enumLabel } from "../../components/enumLabel";
import type { HoursForm } from "./HoursDialog";
import classes from "./HoursOfDay.module.css";
import { clockOf, nextRange, rangesOf } from "./hours";
import type { Weekday } from "./labels";

type Form = UseFormReturnType<HoursForm>;

/** The ranges of one weekday. The focus follows what is added and removed. */
export function HoursOfDay({ form, weekday }: { form: Form; weekday: Weekday }) {
  const { hours } = form.getValues();
  const ranges = rangesOf(hours, weekday);
  const name = enumLabel(weekday);
  const addButton = useRef<HTMLButtonElement>(null);
  const added = useRef<number | null>(null);
  useEffect(() => {
    if (added.current === null) return;
    form.getInputNode(`hours.${added.current}.opens`)?.focus();
    added.current = null;
  });
  const add = () => {
    added.current = hours.length;
    form.insertListItem("hours", nextRange(hours, weekday));
  };
  const remove = (index: number) => {
    form.removeListItem("hours", index);
    addButton.current?.focus();
  };
  return (
    <fieldset className={classes.day}>
      <legend className={classes.name}>{name}</legend>
      <div className={classes.ranges}>
        {ranges.length === 0 && (
          <span className={classes.none}>{hours.length ? "Closed" : "–"}</span>
        )}
        {ranges.map(({ index }, place) => (
          <RangeFields
            key={index}
            form={form}
            index={index}
            label={ranges.length > 1 ? `${name}, range ${place + 1}` : name}
            onRemove={() => remove(index)}
          />
        ))}
      </div>
      <Button
        ref={addButton}
        size="compact-xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={add}
        aria-label={`Add hours on ${name}`}
      >
        Add
      </Button>
    </fieldset>
  );
}

function RangeFields(props: { form: Form; index: number; label: string; onRemove: () => void }) {
  const { form, index, label } = props;
  const clock = (name: "opens" | "closes", words: string) => {
    const path = `hours.${index}.${name}`;
    const { onBlur, ...input } = form.getInputProps(path);
    return (
      <TextInput
        size="xs"
        className={classes.clock}
        aria-label={`${label} ${words}`}
        placeholder={name === "opens" ? "09:00" : "18:00"}
        {...input}
        onBlur={(event) => {
          form.setFieldValue(path, clockOf(event.currentTarget.value));
          onBlur?.(event);
        }}
      />
    );
  };
  return (
    <div className={classes.range}>
      {clock("opens", "from")}
      <span aria-hidden>–</span>
      {clock("closes", "to")}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={30}
        onClick={props.onRemove}
        aria-label={`Remove ${label}`}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </div>
  );
}
