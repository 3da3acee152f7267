import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import classes from "./TaskFilters.module.css";

const TASK_ID = /^task_\w+$/;

/** Finds the tasks of a profile, by its URL or the part after /in/, or opens a task by its ID. */
export function TaskSearch(props: { profileUrl: string; onSearch: (profileUrl: string) => void }) {
  const [text, setText] = useState(props.profileUrl);
  const [, navigate] = useLocation();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = text.trim();
    if (TASK_ID.test(wanted)) navigate(`/tasks/${wanted}`);
    else props.onSearch(wanted);
  };
  const clear = () => {
    setText("");
    props.onSearch("");
  };
  return (
    <form onSubmit={submit} className={classes.search}>
      <TextInput
        size="xs"
        dir="auto"
        aria-label="Search by profile URL or task ID"
        placeholder="Profile URL or task ID"
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={text && <CloseButton size="sm" aria-label="Clear search" onClick={clear} />}
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
        maxLength={2_000}
        data-search-field
      />
    </form>
  );
}
