import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { RelativeTime } from "../../components/RelativeTime";
import { DeliveryStatusBadge } from "../webhooks/DeliveryStatusBadge";
import { aboutDelivery } from "../webhooks/DeliverySummary";
import { eventNames } from "../webhooks/labels";
import classes from "./TaskPage.module.css";
import type { TaskDetails } from "./timeline";

/** What a task caused to be sent to webhooks. */
export function TaskDeliveries({ task }: { task: TaskDetails }) {
  if (task.deliveries.length === 0) {
    return (
      <Text size="sm" c="dimmed" className={classes.nothing}>
        Nothing has been sent. When the task completes or fails, every webhook that listens to that
        event receives it, and it shows here.
      </Text>
    );
  }
  return (
    <ul className={classes.deliveries}>
      {task.deliveries.map((delivery) => (
        <li key={delivery.id}>
          <DeliveryStatusBadge delivery={delivery} />
          <span className={classes.url}>
            {delivery.webhook ? (
              <Anchor component={Link} href={`/webhooks/${delivery.webhook.id}`} size="sm">
                {delivery.webhook.url}
              </Anchor>
            ) : (
              <Text size="sm" component="span">
                A webhook that was deleted
              </Text>
            )}
            <Text size="xs" c="dimmed" component="span" display="block">
              {eventNames[delivery.event]} ·{" "}
              {aboutDelivery(delivery, delivery.webhook?.enabled ?? false)}
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
