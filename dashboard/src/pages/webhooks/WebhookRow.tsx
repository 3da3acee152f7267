import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import { LongText } from "../../components/LongText";
import { RelativeTime } from "../../components/RelativeTime";
import { Row } from "../../components/Rows";
import type { Webhook } from "./documents";
import { disabledReason, eventName, recentDeliveries } from "./labels";
import { WebhookHealthBadge } from "./WebhookHealthBadge";

export function WebhookRow({ webhook }: { webhook: Webhook }) {
  return (
    <Row
      name={
        <Anchor component={Link} href={`/webhooks/${webhook.id}`} inherit>
          <LongText>{webhook.url}</LongText>
        </Anchor>
      }
      badges={<WebhookHealthBadge webhook={webhook} />}
      facts={[
        webhook.enabled ? webhook.health.lastError : disabledReason(webhook),
        <code key="events">{webhook.events.map(eventName).join(", ")}</code>,
        recentDeliveries(webhook),
        <>
          Created <RelativeTime at={webhook.createdAt} />
        </>,
      ]}
    />
  );
}
