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
import { DeliverySummary } from "./DeliverySummary";
import { type Delivery, DeliveryDetails, Redeliver } from "./documents";
import { eventName } from "./labels";

interface Props {
  delivery: Delivery;
  isWebhookOn: boolean;
}

/** A delivery in a line, which opens to its attempts and body. */
export function DeliveryRow(props: Props) {
  const { delivery } = props;
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
        <code className={classes.event}>{eventName(delivery.event)}</code>
        <span className={classes.about}>
          <DeliverySummary {...props} />
        </span>
        <span className={classes.when}>
          <RelativeTime at={delivery.createdAt} />
        </span>
      </button>
      {isOpen && (
        <div id={id} className={classes.details}>
          <OpenDelivery {...props} />
        </div>
      )}
    </li>
  );
}

function OpenDelivery({ delivery, isWebhookOn }: Props) {
  const query = useLiveQuery({ query: DeliveryDetails, variables: { id: delivery.id } });
  useRefetchOnChange(delivery, query.refetch);
  return (
    <QueryResult query={query}>
      {({ delivery: details }) => (
        <Stack gap="md">
          <Group justify="space-between">
            <DeliveryIds delivery={delivery} />
            {isWebhookOn && <ResendButton delivery={delivery} />}
          </Group>
          {details && (
            <>
              <DeliveryAttempts attempts={details.attempts} />
              <CodeBlock label="body" code={formatted(details.body)} />
            </>
          )}
        </Stack>
      )}
    </QueryResult>
  );
}

function DeliveryIds({ delivery: { id, taskId } }: { delivery: Delivery }) {
  return (
    <Text size="sm" c="dimmed" component="div" className={classes.ids}>
      <code>{id}</code>
      {taskId && (
        <span>
          for{" "}
          <Anchor component={Link} href={`/tasks/${taskId}`} inherit>
            {taskId}
          </Anchor>
        </span>
      )}
    </Text>
  );
}

function ResendButton({ delivery: { id, status } }: { delivery: Delivery }) {
  const isPending = status === "PENDING";
  const redeliver = useMutationWithNotification(
    Redeliver,
    isPending ? "The next attempt starts now." : "The event is resent, as a new delivery.",
  );
  return (
    <Button
      size="xs"
      variant="default"
      loading={redeliver.isRunning}
      onClick={() => void redeliver.run({ id })}
    >
      {isPending ? "Retry now" : "Resend"}
    </Button>
  );
}

function useRefetchOnChange({ status, attemptCount }: Delivery, refetch: () => void) {
  const version = `${status} ${attemptCount}`;
  const shown = useRef(version);
  useEffect(() => {
    if (shown.current === version) return;
    shown.current = version;
    refetch();
  });
}

const formatted = (body: string): string => JSON.stringify(JSON.parse(body), null, 2);
