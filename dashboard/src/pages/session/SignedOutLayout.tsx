import { Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { Logo } from "../../shell/Logo";
import classes from "./SignedOutLayout.module.css";

/** The frame of the pages that need no session. */
export function SignedOutLayout(props: {
  title: string;
  lead: string;
  foot: ReactNode;
  children: ReactNode;
}) {
  useDocumentTitle(`${props.title} · ZenMode`);
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <Logo />
        <Stack gap={4} mt="xl" mb="lg">
          <Title order={1}>{props.title}</Title>
          <Text c="dimmed" size="sm">
            {props.lead}
          </Text>
        </Stack>
        {props.children}
        <Text size="sm" mt="lg" c="dimmed">
          {props.foot}
        </Text>
      </div>
    </main>
  );
}
