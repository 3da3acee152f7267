import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "wouter";
import { RelativeTime } from "../../components/RelativeTime";
import { linkFor } from "./attentionLinks";
import type { Overview } from "./documents";
import classes from "./OverviewPage.module.css";

type Item = Overview["attention"][number];

/** What the server found wrong. When that is nothing, what it checked. */
export function AttentionList({ items }: { items: readonly Item[] }) {
  if (items.length === 0) {
    return (
      <p className={classes.checked}>
        No problems found. Checked: the subscription, webhooks that fail or were switched off, tasks
        that wait for an agent or for a paused account, and daily limits.
      </p>
    );
  }
  return (
    <ul className={classes.concerns}>
      {items.map((item) => (
        <li key={`${item.code} ${item.subjectId}`}>
          <MaybeLink item={item}>
            <IconAlertTriangle size={20} stroke={1.6} aria-hidden />
            <span>
              <strong>{item.message}</strong>
              {item.since && (
                <span className={classes.advice}>
                  Since <RelativeTime at={item.since} />
                </span>
              )}
            </span>
          </MaybeLink>
        </li>
      ))}
    </ul>
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
