import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Badge } from "../../components/Badge";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { RelativeTime, useNow } from "../../components/RelativeTime";
import { Row } from "../../components/Rows";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { type ApiKey, RevokeApiKey } from "./documents";

export function KeyRow({ apiKey, onChange }: { apiKey: ApiKey; onChange: () => void }) {
  const [isAsking, asking] = useDisclosure(false);
  const revoke = useMutationWithNotification(RevokeApiKey, `${apiKey.name} is revoked.`);
  const now = useNow();
  const { name, hint, lastUsedAt, expiresAt, revokedAt } = apiKey;
  const hasExpired = expiresAt !== null && Date.parse(expiresAt) <= now;
  return (
    <Row
      name={name}
      isPast={revokedAt !== null}
      badges={revokedAt === null && hasExpired && <Badge tone="warn">Expired</Badge>}
      facts={[
        <code key="hint">{hint}</code>,
        lastUsedAt ? (
          <>
            Last used <RelativeTime at={lastUsedAt} />
          </>
        ) : (
          "Never used"
        ),
        <>
          Made <RelativeTime at={apiKey.createdAt} />
        </>,
        expiresAt && revokedAt === null ? (
          <>
            {hasExpired ? "Expired" : "Expires"} <RelativeTime at={expiresAt} />
          </>
        ) : null,
        revokedAt && (
          <>
            Revoked <RelativeTime at={revokedAt} />
          </>
        ),
      ]}
      actions={
        revokedAt === null && (
          <Button size="xs" variant="default" onClick={asking.open}>
            Revoke
          </Button>
        )
      }
    >
      <ConfirmDialog
        opened={isAsking}
        onClose={asking.close}
        title={`Revoke ${name}?`}
        confirmLabel="Revoke"
        onConfirm={async () => {
          const outcome = await revoke.run({ id: apiKey.id });
          onChange();
          return outcome;
        }}
      >
        Within five seconds every program that uses it is refused, for good. Tasks that it queued
        stay.
      </ConfirmDialog>
    </Row>
  );
}
