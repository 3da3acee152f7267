import { Group, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./Card.module.css";

/** A surface with a name; `flush` lets a table or list reach its edges. */
export function Card(props: {
  title?: string;
  actions?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={props.title ? id : undefined}>
      {props.title && (
        <Group justify="space-between" className={classes.head} wrap="nowrap">
          <Title order={2} size="h5" id={id}>
            {props.title}
          </Title>
          {props.actions}
        </Group>
      )}
      <div className={props.flush ? undefined : classes.body}>{props.children}</div>
    </section>
  );
}
