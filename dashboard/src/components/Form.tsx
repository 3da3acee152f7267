import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { ServerForm } from "../graphql/useServerForm";
import { ErrorNotice } from "./ErrorNotice";

/** The frame of every form: its fields, below the error that belongs to none of them. */
export function Form<Values extends Record<string, unknown>>(props: {
  form: ServerForm<Values>;
  children: ReactNode;
}) {
  const { onSubmit, error } = props.form;
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        {error && <ErrorNotice error={error} />}
        {props.children}
      </Stack>
    </form>
  );
}
