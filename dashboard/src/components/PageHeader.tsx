import { Anchor, Group, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

/** The page's one h1, its title in the tab, and the actions for the whole page. */
export function PageHeader(props: {
  title: string;
  /** What the tab is called, when that is more than the heading. */
  tabTitle?: string;
  description?: ReactNode;
  /** The page of the documentation that explains this one. */
  help?: `/docs${string}`;
  before?: ReactNode;
  actions?: ReactNode;
}) {
  useDocumentTitle(`${props.tabTitle ?? props.title} · ZenMode`);
  return (
    <header>
      {props.before}
      <Group justify="space-between" align="flex-start" gap="sm" mb="lg">
        <div style={{ minWidth: 0 }}>
          <Title order={1} dir="auto" style={{ overflowWrap: "anywhere" }}>
            {props.title}
          </Title>
          {(props.description || props.help) && (
            <Text c="dimmed" size="sm" mt={4} maw="75ch" component="div">
              {props.description} {props.help && <HelpLink page={props.help} />}
            </Text>
          )}
        </div>
        {props.actions && <Group gap="xs">{props.actions}</Group>}
      </Group>
    </header>
  );
}

function HelpLink({ page }: { page: string }) {
  return (
    <Anchor href={page} target="_blank" inherit underline="always">
      Read the documentation
    </Anchor>
  );
}
