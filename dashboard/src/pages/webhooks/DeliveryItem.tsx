import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState } from "react";
import { Link } from "wouter";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useToldAction } from "../../graphql/useToldAction";
import { Badge } from "../../pieces/Badge";
import { CodeBlock } from "../../pieces/CodeBlock";
import { Loaded } from "../../pieces/Loaded";
import { Moment } from "../../pieces/Moment";
import { Attempts } from "./Attempts";
import classes from "./DeliveryLog.module.css";
import { type Delivery, DeliveryDetails, Redeliver } from "./documents";
import { deliveryStates, eventNames } from "./webhookWords";

/** A delivery in a line, which opens. */
export function DeliveryItem({ delivery }: { delivery: Delivery }) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const { tone, word } = deliveryStates[delivery.status];
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
        <Badge tone={tone} pulses={delivery.status === "PENDING"}>
          {word}
        </Badge>
        <code className={classes.event}>{eventNames[delivery.event]}</code>
        <span className={classes.about}>{aboutAttempts(delivery)}</span>
        <span className={classes.when}>
          <Moment at={delivery.createdAt} />
        </span>
      </button>
      {isOpen && (
        <div id={id} className={classes.details}>
          <Details delivery={delivery} />
        </div>
      )}
    </li>
  );
}

function aboutAttempts({ attemptCount, failureReason, status, nextAttemptAt }: Delivery) {
  const attempts = attemptCount === 1 ? "1 attempt" : `${attemptCount} attempts`;
  if (failureReason) return `${attempts}, ${failureReason}`;
  if (status === "PENDING" && attemptCount > 0 && nextAttemptAt) {
    return (
      <>
        {attempts}, next <Moment at={nextAttemptAt} />
      </>
    );
  }
  return attempts;
}

function Details({ delivery }: { delivery: Delivery }) {
  const query = useLiveQuery({ query: DeliveryDetails, variables: { id: delivery.id } });
  useRefetchWhenItMoves(delivery, query.refetch);
  const redeliver = useToldAction(Redeliver, "It is sent again, as a new delivery.");
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
            <Button
              size="xs"
              variant="default"
              loading={redeliver.isRunning}
              onClick={() => void redeliver.run({ id: delivery.id })}
            >
              Send it again
            </Button>
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
