import { NativeSelect } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { Card } from "../../components/Card";
import { EmptyState } from "../../components/EmptyState";
import { enumLabel } from "../../components/enumLabel";
import { PageButtons } from "../../components/PageButtons";
import { QueryResult } from "../../components/QueryResult";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useSubscriptionEvents } from "../../graphql/useSubscriptionEvents";
import { useThrottle } from "../../graphql/useThrottle";
import classes from "./DeliveryLog.module.css";
import { DeliveryRow } from "./DeliveryRow";
import { Deliveries, type Delivery, type Webhook, WebhookDeliveryChanges } from "./documents";
import { deliveryStatuses } from "./labels";

const REFETCH_EVERY_MS = 300;
const ALL = "ALL";
const choices = [
  { value: ALL, label: "All statuses" },
  ...deliveryStatuses.map((value) => ({ value, label: enumLabel(value) })),
];

/** A webhook's deliveries, newest first, as they change. */
export function DeliveryLog({ webhook }: { webhook: Webhook }) {
  const { id: webhookId, enabled } = webhook;
  const [status, setStatus] = useState(ALL);
  // The cursors of the pages that lead to the one that is shown; empty at the newest.
  const [cursors, setCursors] = useState<string[]>([]);
  const query = useLiveQuery({
    query: Deliveries,
    variables: {
      webhookId,
      status: status === ALL ? null : (status as Delivery["status"]),
      after: cursors.at(-1) ?? null,
    },
  });
  const refetch = useThrottle(REFETCH_EVERY_MS, query.refetch);
  useSubscriptionEvents(WebhookDeliveryChanges, { webhookId }, refetch);
  const selectStatus = (wanted: string) => {
    setStatus(wanted);
    setCursors([]);
  };
  return (
    <Card
      title="Deliveries"
      flush
      actions={
        <NativeSelect
          size="xs"
          aria-label="Status"
          data={choices}
          value={status}
          onChange={({ currentTarget: { value } }) => selectStatus(value)}
        />
      }
    >
      <QueryResult query={query}>
        {({ deliveries: { nodes, pageInfo } }) => (
          <>
            {nodes.length === 0 && <NoDeliveries isFiltered={status !== ALL} />}
            <ul className={classes.log}>
              {nodes.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} isWebhookOn={enabled} />
              ))}
            </ul>
            <PageButtons cursors={cursors} onChange={setCursors} pageInfo={pageInfo} />
          </>
        )}
      </QueryResult>
    </Card>
  );
}

function NoDeliveries({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <EmptyState icon={IconSend} title="No matching deliveries" />;
  return (
    <EmptyState icon={IconSend} title="Nothing was sent yet">
      Send a test event and watch it arrive here, or wait until the first task ends.
    </EmptyState>
  );
}
