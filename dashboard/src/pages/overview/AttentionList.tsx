import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import { LongText } from "../../components/LongText";
import { RelativeTime } from "../../components/RelativeTime";
import { linkFor, webhookOf } from "./attentionLinks";
import type { Overview } from "./documents";
import classes from "./OverviewPage.module.css";

type Item = Overview["attention"][number];

const SHOWN_AT_FIRST = 5;

/** What the server found wrong. When that is nothing, what it checked. */
export function AttentionList({ overview }: { overview: Overview }) {
  const items = overview.attention;
  const [isWhole, setIsWhole] = useState(false);
  if (items.length === 0) {
    return (
      <p className={classes.checked}>
        No problems found. Checked: the subscription, webhooks that fail or were switched off, tasks
        that wait for an agent or for a paused account, and daily limits.
      </p>
    );
  }
  const hasMore = items.length > SHOWN_AT_FIRST;
  return (
    <>
      <ul className={classes.concerns}>
        {items.slice(0, isWhole ? undefined : SHOWN_AT_FIRST).map((item) => (
          <Concern
            key={`${item.code} ${item.subjectId}`}
            item={item}
            webhook={webhookOf(overview, item)}
          />
        ))}
      </ul>
      {hasMore && (
        <Button
          className={classes.showAll}
          variant="subtle"
          size="compact-sm"
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? "Show fewer" : `Show all ${items.length}`}
        </Button>
      )}
    </>
  );
}

function Concern({ item, webhook }: { item: Item; webhook: string | null }) {
  return (
    <li>
      <MaybeLink item={item}>
        <IconAlertTriangle size={20} stroke={1.6} aria-hidden />
        <span>
          <strong>{item.message}</strong>
          {webhook && (
            <span className={classes.advice}>
              <LongText>{webhook}</LongText>
            </span>
          )}
          {item.since && (
            <span className={classes.advice}>
              Since <RelativeTime at={item.since} />
            </span>
          )}
        </span>
      </MaybeLink>
    </li>
  );
}

function MaybeLink({ item, children }: { item: Item; children: React.ReactNode }) {
  const href = linkFor(item);
  if (href === null) return <div className={classes.concern}>{children}</div>;
  return (
    <Link href={href} className={classes.concern}>
      {children}
    </Link>
  );
}
