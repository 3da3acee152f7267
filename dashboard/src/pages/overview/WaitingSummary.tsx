import { QueueList, QueueSummary } from "../../components/QueueList";
import { type QueuedAccount, workspaceQueue } from "./queues";

/** What waits in the whole workspace, why, and when the last of it starts. */
export function WaitingSummary({ accounts }: { accounts: readonly QueuedAccount[] }) {
  const { waiting, drainsAt, byCode } = workspaceQueue(accounts);
  return (
    <>
      <QueueSummary waiting={waiting} drainsAt={drainsAt} />
      <QueueList byCode={byCode} />
    </>
  );
}
