import { Anchor } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "wouter";
import classes from "./BackLink.module.css";

/** Leads from a thing's page to the list that it is in. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <Anchor component={Link} href={href} size="sm" className={classes.link}>
      <IconArrowLeft size={15} aria-hidden /> {children}
    </Anchor>
  );
}
