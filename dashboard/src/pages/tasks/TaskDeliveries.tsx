import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { LongText } from "../../components/LongText";
import { RelativeTime } from "../../components/RelativeTime";
import { DeliveryStatusBadge } from "../webhooks/DeliveryStatusBadge";
import { DeliverySummary } from "../webhooks/DeliverySummary";
import { eventName } from "../webhooks/labels";
import classes from "./TaskPage.module.css";
import type { TaskDetails } from "./timeline";

/** The deliveries of a task's events to webhooks. */
export function TaskDeliveries({ task }: { task: TaskDetails }) {
  if (task.deliveries.length === 0) {
    return (
      <Text size="sm" c="dimmed" className={classes.nothing}>
        Nothing has been sent. When the task completes or fails, every webhook with that event
        receives it, and it is listed here.
      </Text>
    );
  }
  return (
    <ul className={classes.deliveries}>
      {task.deliveries.map((delivery) => (
        <li key={delivery.id}>
          <DeliveryStatusBadge delivery={delivery} />
          <span className={classes.url}>
            <WebhookLink webhook={delivery.webhook} />
            <Text size="xs" c="dimmed" component="span" display="block">
              {eventName(delivery.event)} ·{" "}
              <DeliverySummary
                delivery={delivery}
                isWebhookOn={delivery.webhook?.enabled ?? false}
              />
            </Text>
          </span>
          <Text size="xs" c="dimmed" component="span">
            <RelativeTime at={delivery.deliveredAt ?? delivery.createdAt} />
          </Text>
        </li>
      ))}
    </ul>
  );
}

function WebhookLink({ webhook }: { webhook: TaskDetails["deliveries"][number]["webhook"] }) {
  if (!webhook) {
    return (
      <Text size="sm" component="span">
        A deleted webhook
      </Text>
    );
  }
  return (
    <Anchor component={Link} href={`/webhooks/${webhook.id}`} size="sm">
      <LongText>{webhook.url}</LongText>
    </Anchor>
  );
}
