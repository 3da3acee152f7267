import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "wouter";
import { RelativeTime } from "../../components/RelativeTime";
import { linkFor } from "./attention";
import type { Overview } from "./documents";
import classes from "./OverviewPage.module.css";

type Item = Overview["attention"][number];

/** What the server found that deserves a look; when that is nothing, what was checked. */
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
          <Place item={item}>
            <IconAlertTriangle size={20} stroke={1.6} aria-hidden />
            <span>
              <strong>{item.message}</strong>
              {item.since && (
                <span className={classes.advice}>
                  Since <RelativeTime at={item.since} />
                </span>
              )}
            </span>
          </Place>
        </li>
      ))}
    </ul>
  );
}

function Place({ item, children }: { item: Item; children: React.ReactNode }) {
  const place = linkFor(item);
  if (place === null) return <div className={classes.concern}>{children}</div>;
  return (
    <Link href={place} className={classes.concern}>
      {children}
    </Link>
  );
}
