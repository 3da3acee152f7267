import { Alert } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle, type TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";

const icons = { bad: IconAlertTriangle, warn: IconInfoCircle };

/** A message in a coloured box on the page. */
export function Notice(props: {
  tone: "bad" | "warn";
  title: ReactNode;
  icon?: TablerIcon;
  role?: "alert";
  children?: ReactNode;
}) {
  const Icon = props.icon ?? icons[props.tone];
  const color = `var(--tone-${props.tone})`;
  return (
    <Alert
      color={color}
      icon={<Icon />}
      title={props.title}
      styles={{ title: { color } }}
      {...(props.role ? { role: props.role } : {})}
    >
      {props.children}
    </Alert>
  );
}
