import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { Badge } from "../../components/Badge";
import { RelativeTime } from "../../components/RelativeTime";
import { usableAgents } from "./attentionLinks";
import type { Overview } from "./documents";
import classes from "./OverviewPage.module.css";

type Agent = Overview["agents"][number];

/** The agents, and whether each is online. */
export function AgentList({ overview }: { overview: Overview }) {
  const agents = usableAgents(overview);
  if (agents.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        None yet.{" "}
        <Anchor component={Link} href="/agents" inherit underline="always">
          Create one
        </Anchor>
        , and start it where you are signed in to LinkedIn.
      </Text>
    );
  }
  return (
    <ul className={classes.agents}>
      {agents.map((agent) => (
        <li key={agent.id}>
          <span className={classes.name}>
            <bdi>{agent.name}</bdi> {agent.isDryRun && <Badge tone="warn">Dry run</Badge>}
          </span>
          <OnlineState agent={agent} />
        </li>
      ))}
    </ul>
  );
}

function OnlineState({ agent: { online, lastSeenAt } }: { agent: Agent }) {
  if (online) return <Badge tone="good">Online</Badge>;
  return (
    <Text size="xs" c="dimmed" component="span" className={classes.seen}>
      {lastSeenAt ? (
        <>
          seen <RelativeTime at={lastSeenAt} />
        </>
      ) : (
        "never started"
      )}
    </Text>
  );
}
