import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import { Badge } from "../../components/Badge";
import { RelativeTime } from "../../components/RelativeTime";
import classes from "./AccountPage.module.css";
import type { AccountDetails } from "./documents";

/** The agents that looked for the account's tasks within 7 days. */
export function AccountAgents({ agents }: { agents: AccountDetails["servedBy"] }) {
  if (agents.length === 0) {
    return (
      <p className={classes.sentence}>
        No agent serves this account.{" "}
        <Anchor component={Link} href="/agents" inherit underline="always">
          Start one
        </Anchor>{" "}
        where you are signed in to LinkedIn.
      </p>
    );
  }
  return (
    <ul className={classes.list} aria-label="Agents">
      {agents.map((agent) => (
        <li key={agent.id}>
          <span>
            <bdi>{agent.name}</bdi> {agent.isDryRun && <Badge tone="warn">Dry run</Badge>}
          </span>
          {agent.online ? <Badge tone="good">Online</Badge> : <LastSeen at={agent.lastSeenAt} />}
        </li>
      ))}
    </ul>
  );
}

function LastSeen({ at }: { at: string | null }) {
  return (
    <span className={classes.aside}>
      {at ? (
        <>
          seen <RelativeTime at={at} />
        </>
      ) : (
        "never started"
      )}
    </span>
  );
}
