import { ActionWithConfirmation } from "../../components/ActionWithConfirmation";
import { Badge } from "../../components/Badge";
import { RelativeTime } from "../../components/RelativeTime";
import { Row } from "../../components/Rows";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { type Agent, RevokeAgent } from "./documents";

export function AgentRow({ agent, onChange }: { agent: Agent; onChange: () => void }) {
  const isRevoked = agent.revokedAt !== null;
  return (
    <Row
      name={agent.name}
      isPast={isRevoked}
      badges={
        <>
          {!isRevoked && <OnlineBadge agent={agent} />}
          {agent.isDryRun && <Badge tone="warn">Dry run</Badge>}
        </>
      }
      facts={[
        <code key="hint">{agent.hint}</code>,
        agent.version && `Version ${agent.version}`,
        agent.driver && `Driver ${agent.driver}`,
        agent.lastSeenAt && !agent.online ? (
          <>
            Last seen <RelativeTime at={agent.lastSeenAt} />
          </>
        ) : null,
        <>
          {isRevoked ? "Revoked" : "Created"}{" "}
          <RelativeTime at={agent.revokedAt ?? agent.createdAt} />
        </>,
      ]}
      actions={!isRevoked && <RevokeButton agent={agent} onChange={onChange} />}
    />
  );
}

function RevokeButton({ agent, onChange }: { agent: Agent; onChange: () => void }) {
  const revoke = useMutationWithNotification(RevokeAgent, `${agent.name} is revoked.`);
  return (
    <ActionWithConfirmation
      label="Revoke"
      question={`Revoke ${agent.name}?`}
      run={async () => {
        const result = await revoke.run({ id: agent.id });
        onChange();
        return result;
      }}
    >
      Its token stops working within five seconds and cannot be restored. Another agent continues
      its tasks when their leases end.
    </ActionWithConfirmation>
  );
}

function OnlineBadge({ agent }: { agent: Agent }) {
  if (agent.online) return <Badge tone="good">Online</Badge>;
  return <Badge tone="calm">{agent.lastSeenAt ? "Offline" : "Never started"}</Badge>;
}
