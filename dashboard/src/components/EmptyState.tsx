import { Stack, Text, Title } from "@mantine/core";
import type { ComponentType, ReactNode } from "react";
import classes from "./EmptyState.module.css";

/** Nothing is here yet: says so, and what to do next. */
export function EmptyState(props: {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const Icon = props.icon;
  return (
    <Stack align="center" gap={6} py={48} px="md" ta="center">
      <span className={classes.icon} aria-hidden>
        <Icon size={26} stroke={1.5} />
      </span>
      <Title order={2} size="h4" mt="xs">
        {props.title}
      </Title>
      {props.children && (
        <Text component="div" c="dimmed" size="sm" maw="48ch">
          {props.children}
        </Text>
      )}
      {props.action && <div className={classes.action}>{props.action}</div>}
    </Stack>
  );
}
