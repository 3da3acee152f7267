import { Group, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

/** The page's one h1, its name in the tab, and what can be done with the whole of it. */
export function PageHeader(props: {
  title: string;
  description?: ReactNode;
  before?: ReactNode;
  actions?: ReactNode;
}) {
  useDocumentTitle(`${props.title} · ZenMode`);
  return (
    <header>
      {props.before}
      <Group justify="space-between" align="flex-start" gap="sm" mb="lg">
        <div>
          <Title order={1}>{props.title}</Title>
          {props.description && (
            <Text c="dimmed" size="sm" mt={4} maw="70ch">
              {props.description}
            </Text>
          )}
        </div>
        {props.actions && <Group gap="xs">{props.actions}</Group>}
      </Group>
    </header>
  );
}
