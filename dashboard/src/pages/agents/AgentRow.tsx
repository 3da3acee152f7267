import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Badge } from "../../components/Badge";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { RelativeTime } from "../../components/RelativeTime";
import { Row } from "../../components/Rows";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { type Agent, RevokeAgent } from "./documents";

export function AgentRow({ agent, onChange }: { agent: Agent; onChange: () => void }) {
  const [isAsking, asking] = useDisclosure(false);
  const revoke = useMutationWithNotification(RevokeAgent, `${agent.name} is revoked.`);
  const isRevoked = agent.revokedAt !== null;
  return (
    <Row
      name={agent.name}
      isPast={isRevoked}
      badges={
        <>
          {!isRevoked && <Presence agent={agent} />}
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
        agent.revokedAt ? (
          <>
            Revoked <RelativeTime at={agent.revokedAt} />
          </>
        ) : (
          <>
            Created <RelativeTime at={agent.createdAt} />
          </>
        ),
      ]}
      actions={
        !isRevoked && (
          <Button size="xs" variant="default" onClick={asking.open}>
            Revoke
          </Button>
        )
      }
    >
      <ConfirmDialog
        opened={isAsking}
        onClose={asking.close}
        title={`Revoke ${agent.name}?`}
        confirmLabel="Revoke"
        onConfirm={async () => {
          const outcome = await revoke.run({ id: agent.id });
          onChange();
          return outcome;
        }}
      >
        Its token stops working within five seconds, for good. What it has begun is given to another
        agent once its lease runs out.
      </ConfirmDialog>
    </Row>
  );
}

function Presence({ agent }: { agent: Agent }) {
  if (agent.online) return <Badge tone="good">Online</Badge>;
  return <Badge tone="calm">{agent.lastSeenAt ? "Offline" : "Never started"}</Badge>;
}
