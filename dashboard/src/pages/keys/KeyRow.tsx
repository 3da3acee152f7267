import { ActionWithConfirmation } from "../../components/ActionWithConfirmation";
import { Badge } from "../../components/Badge";
import { RelativeTime } from "../../components/RelativeTime";
import { Row } from "../../components/Rows";
import { useNow } from "../../components/useNow";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { type ApiKey, RevokeApiKey } from "./documents";

export function KeyRow({ apiKey, onChange }: { apiKey: ApiKey; onChange: () => void }) {
  const now = useNow();
  const { name, hint, createdAt, expiresAt, revokedAt } = apiKey;
  const hasExpired = expiresAt !== null && Date.parse(expiresAt) <= now;
  return (
    <Row
      name={name}
      isPast={revokedAt !== null}
      badges={revokedAt === null && hasExpired && <Badge tone="warn">Expired</Badge>}
      facts={[
        <code key="hint">{hint}</code>,
        <LastUse key="use" apiKey={apiKey} />,
        <>
          Created <RelativeTime at={createdAt} />
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
      actions={revokedAt === null && <RevokeButton apiKey={apiKey} onChange={onChange} />}
    />
  );
}

function RevokeButton({ apiKey, onChange }: { apiKey: ApiKey; onChange: () => void }) {
  const revoke = useMutationWithNotification(RevokeApiKey, `${apiKey.name} is revoked.`);
  return (
    <ActionWithConfirmation
      label="Revoke"
      question={`Revoke ${apiKey.name}?`}
      run={async () => {
        const result = await revoke.run({ id: apiKey.id });
        onChange();
        return result;
      }}
    >
      <LastUse apiKey={apiKey} />. Within five seconds, requests with this key are refused. A
      revoked key cannot be restored. Tasks that were created with it stay.
    </ActionWithConfirmation>
  );
}

function LastUse({ apiKey: { lastUsedAt } }: { apiKey: ApiKey }) {
  if (!lastUsedAt) return "Never used";
  return (
    <>
      Last used <RelativeTime at={lastUsedAt} />
    </>
  );
}
