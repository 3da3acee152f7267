import { ActionWithConfirmation } from "../../components/ActionWithConfirmation";
import { Card } from "../../components/Card";
import { Countdown } from "../../components/Countdown";
import { RelativeTime } from "../../components/RelativeTime";
import { Row, Rows } from "../../components/Rows";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { type AccountDetails, LiftLock } from "./documents";
import { actionLabel, lockLabel } from "./labels";

interface Props {
  account: AccountDetails;
  onChange: () => void;
}
type Lock = AccountDetails["locks"][number];

/** LinkedIn's own stops that hold now; a person who knows that one has ended can lift it. */
export function LocksCard({ account, onChange }: Props) {
  if (account.locks.length === 0) return null;
  return (
    <Card title="Stopped by LinkedIn" flush>
      <Rows label="Stops">
        {account.locks.map((lock) => (
          <LockRow key={lock.id} lock={lock} onChange={onChange} />
        ))}
      </Rows>
    </Card>
  );
}

function LockRow({ lock, onChange }: { lock: Lock; onChange: () => void }) {
  const { run } = useMutationWithNotification(LiftLock, "The stop is lifted.");
  const what = actionLabel(lock.actionType);
  return (
    <Row
      name={what}
      facts={[
        lockLabel(lock.code),
        <span key="until">
          Ends <Countdown until={lock.until} />
        </span>,
        <span key="reported">
          Reported <RelativeTime at={lock.reportedAt} />
        </span>,
      ]}
      actions={
        <ActionWithConfirmation
          label="Lift"
          question={`Lift the stop of “${what}”?`}
          run={async () => {
            const result = await run({ id: lock.id });
            onChange();
            return result;
          }}
        >
          Lift it only if LinkedIn shows that the account may act again. If it doesn't, the next
          action brings a longer stop.
        </ActionWithConfirmation>
      }
    />
  );
}
