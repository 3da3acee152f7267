import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState } from "react";
import { Link } from "wouter";
import { CodeBlock } from "../../components/CodeBlock";
import { QueryResult } from "../../components/QueryResult";
import { RelativeTime } from "../../components/RelativeTime";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { DeliveryAttempts } from "./DeliveryAttempts";
import classes from "./DeliveryLog.module.css";
import { DeliveryStatusBadge } from "./DeliveryStatusBadge";
import { aboutDelivery } from "./DeliverySummary";
import { type Delivery, DeliveryDetails, Redeliver } from "./documents";
import { eventNames } from "./labels";

/** A delivery in a line, which opens. */
export function DeliveryRow(props: { delivery: Delivery; isWebhookOn: boolean }) {
  const { delivery, isWebhookOn } = props;
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <li>
      <button
        type="button"
        className={classes.line}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setIsOpen(!isOpen)}
      >
        <IconChevronRight size={16} className={classes.chevron} aria-hidden />
        <span className={classes.badges}>
          <DeliveryStatusBadge delivery={delivery} />
        </span>
        <code className={classes.event}>{eventNames[delivery.event]}</code>
        <span className={classes.about}>{aboutDelivery(delivery, isWebhookOn)}</span>
        <span className={classes.when}>
          <RelativeTime at={delivery.createdAt} />
        </span>
      </button>
      {isOpen && (
        <div id={id} className={classes.details}>
          <Details delivery={delivery} isWebhookOn={isWebhookOn} />
        </div>
      )}
    </li>
  );
}

function Details({ delivery, isWebhookOn }: { delivery: Delivery; isWebhookOn: boolean }) {
  const isPending = delivery.status === "PENDING";
  const query = useLiveQuery({ query: DeliveryDetails, variables: { id: delivery.id } });
  useRefetchWhenItMoves(delivery, query.refetch);
  const redeliver = useMutationWithNotification(
    Redeliver,
    isPending ? "The next attempt starts now." : "It is sent again, as a new delivery.",
  );
  return (
    <QueryResult query={query}>
      {({ delivery: details }) => (
        <Stack gap="md">
          <Group justify="space-between">
            <Text size="sm" c="dimmed" component="div" className={classes.ids}>
              <code>{delivery.id}</code>
              {delivery.taskId && (
                <span>
                  for{" "}
                  <Anchor component={Link} href={`/tasks/${delivery.taskId}`} inherit>
                    {delivery.taskId}
                  </Anchor>
                </span>
              )}
            </Text>
            {isWebhookOn && (
              <Button
                size="xs"
                variant="default"
                loading={redeliver.isRunning}
                onClick={() => void redeliver.run({ id: delivery.id })}
              >
                {isPending ? "Retry now" : "Send it again"}
              </Button>
            )}
          </Group>
          {details && (
            <>
              <DeliveryAttempts attempts={details.attempts} />
              <CodeBlock label="body" code={pretty(details.body)} />
            </>
          )}
        </Stack>
      )}
    </QueryResult>
  );
}

function useRefetchWhenItMoves({ status, attemptCount }: Delivery, refetch: () => void) {
  const moved = `${status} ${attemptCount}`;
  const seen = useRef(moved);
  useEffect(() => {
    if (seen.current === moved) return;
    seen.current = moved;
    refetch();
  });
}

const pretty = (body: string): string => JSON.stringify(JSON.parse(body), null, 2);
