import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import { Card } from "../../components/Card";
import { QueueList, QueueSummary } from "../../components/QueueList";
import type { AccountDetails } from "./documents";

/** How many tasks of the account wait, why, and when the last of them starts. */
export function AccountQueueCard({ account: { id, queue } }: { account: AccountDetails }) {
  return (
    <Card
      title="What waits"
      actions={
        <Anchor component={Link} href={`/tasks?status=pending&linkedin_account_id=${id}`} size="xs">
          Tasks
        </Anchor>
      }
    >
      <QueueSummary waiting={queue.waiting} drainsAt={queue.drainsAt} />
      <QueueList byCode={queue.byCode} />
    </Card>
  );
}
