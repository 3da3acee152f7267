import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState } from "react";
import { Link } from "wouter";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useToldAction } from "../../graphql/useToldAction";
import { CodeBlock } from "../../pieces/CodeBlock";
import { Loaded } from "../../pieces/Loaded";
import { Moment } from "../../pieces/Moment";
import { Attempts } from "./Attempts";
import { aboutDelivery } from "./aboutDelivery";
import classes from "./DeliveryLog.module.css";
import { DeliveryState } from "./DeliveryState";
import { type Delivery, DeliveryDetails, Redeliver } from "./documents";
import { eventNames } from "./webhookWords";

/** A delivery in a line, which opens. */
export function DeliveryItem(props: { delivery: Delivery; isWebhookOn: boolean }) {
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
          <DeliveryState delivery={delivery} />
        </span>
        <code className={classes.event}>{eventNames[delivery.event]}</code>
        <span className={classes.about}>{aboutDelivery(delivery, isWebhookOn)}</span>
        <span className={classes.when}>
          <Moment at={delivery.createdAt} />
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
  const redeliver = useToldAction(
    Redeliver,
    isPending ? "The next attempt starts now." : "It is sent again, as a new delivery.",
  );
  return (
    <Loaded query={query}>
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
              <Attempts attempts={details.attempts} />
              <CodeBlock label="body" code={pretty(details.body)} />
            </>
          )}
        </Stack>
      )}
    </Loaded>
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
