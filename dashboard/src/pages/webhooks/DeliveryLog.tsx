import { Button, Group, NativeSelect } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { Card } from "../../components/Card";
import { EmptyState } from "../../components/EmptyState";
import { QueryResult } from "../../components/QueryResult";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useSubscriptionEvents } from "../../graphql/useSubscriptionEvents";
import { useThrottle } from "../../graphql/useThrottle";
import classes from "./DeliveryLog.module.css";
import { DeliveryRow } from "./DeliveryRow";
import { Deliveries, type Delivery, type Webhook, WebhookDeliveryChanges } from "./documents";
import { deliveryStatuses } from "./labels";

const REST_MS = 300;
const EVERY = "ALL";
const choices = [
  { value: EVERY, label: "Every status" },
  ...Object.entries(deliveryStatuses).map(([value, { word }]) => ({ value, label: word })),
];

/** What was sent to a webhook, newest first, as it happens. */
export function DeliveryLog({ webhook }: { webhook: Webhook }) {
  const { id: webhookId, enabled } = webhook;
  const [status, setStatus] = useState(EVERY);
  // The cursors of the pages that lead to the one that is shown; empty at the newest.
  const [trail, setTrail] = useState<string[]>([]);
  const after = trail.at(-1) ?? null;
  const wanted = status === EVERY ? null : (status as Delivery["status"]);
  const query = useLiveQuery({
    query: Deliveries,
    variables: { webhookId, status: wanted, after },
  });
  useSubscriptionEvents(WebhookDeliveryChanges, { webhookId }, useThrottle(REST_MS, query.refetch));
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
          onChange={({ currentTarget: { value } }) => {
            setStatus(value);
            setTrail([]);
          }}
        />
      }
    >
      <QueryResult query={query}>
        {({ deliveries: { nodes, pageInfo } }) => (
          <>
            {nodes.length === 0 ? (
              <Empty isFiltered={status !== EVERY} />
            ) : (
              <ul className={classes.log}>
                {nodes.map((delivery) => (
                  <DeliveryRow key={delivery.id} delivery={delivery} isWebhookOn={enabled} />
                ))}
              </ul>
            )}
            {(trail.length > 0 || pageInfo.hasNextPage) && (
              <Group justify="space-between" className={classes.pages}>
                <Button
                  size="xs"
                  variant="default"
                  disabled={trail.length === 0}
                  onClick={() => setTrail(trail.slice(0, -1))}
                >
                  Newer
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  disabled={!pageInfo.hasNextPage}
                  onClick={() => setTrail([...trail, pageInfo.endCursor ?? ""])}
                >
                  Older
                </Button>
              </Group>
            )}
          </>
        )}
      </QueryResult>
    </Card>
  );
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState icon={IconSend} title="None of these" />
  ) : (
    <EmptyState icon={IconSend} title="Nothing was sent yet">
      Send a test event and watch it arrive here, or wait for the first task to end.
    </EmptyState>
  );
}
