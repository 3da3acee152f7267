import { Stack } from "@mantine/core";
import { useParams } from "wouter";
import { BackLink } from "../../components/BackLink";
import { LongText } from "../../components/LongText";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useSubscriptionEvents } from "../../graphql/useSubscriptionEvents";
import { useThrottle } from "../../graphql/useThrottle";
import { NotFoundPage } from "../session/NotFoundPage";
import { DeliveryLog } from "./DeliveryLog";
import { OneWebhook, type Webhook, WebhookDeliveryChanges } from "./documents";
import { eventName, recentDeliveries } from "./labels";
import { WebhookActions } from "./WebhookActions";
import { WebhookHealthBadge } from "./WebhookHealthBadge";
import { FailingNotice, SwitchedOffNotice } from "./WebhookNotices";
import classes from "./WebhookPage.module.css";

const REFETCH_EVERY_MS = 1_000;
/** No subscription reports that a webhook was changed or switched off elsewhere. */
const POLL_SECONDS = 5;

export function WebhookPage() {
  const { id = "" } = useParams<{ id: string }>();
  return /^\d{1,9}$/.test(id) ? <WebhookById key={id} id={Number(id)} /> : <NotFoundPage />;
}

function WebhookById({ id }: { id: number }) {
  const query = useLiveQuery(
    { query: OneWebhook, variables: { id } },
    { pollSeconds: POLL_SECONDS },
  );
  useSubscriptionEvents(
    WebhookDeliveryChanges,
    { webhookId: id },
    useThrottle(REFETCH_EVERY_MS, query.refetch),
  );
  return (
    <QueryResult query={query}>
      {({ webhook }) =>
        webhook ? <WebhookDetails webhook={webhook} onChange={query.refetch} /> : <NotFoundPage />
      }
    </QueryResult>
  );
}

function WebhookDetails({ webhook, onChange }: { webhook: Webhook; onChange: () => void }) {
  const { host, pathname } = new URL(webhook.url);
  return (
    <>
      <PageHeader
        title={host}
        tabTitle={`${host}${pathname}`}
        help="/docs/webhooks"
        before={<BackLink href="/webhooks">Webhooks</BackLink>}
        description={
          <span className={classes.about}>
            <WebhookHealthBadge webhook={webhook} />
            <span className={classes.url}>
              <LongText>{webhook.url}</LongText>
            </span>
            <code>{webhook.events.map(eventName).join(", ")}</code>
            <span>{recentDeliveries(webhook)}</span>
          </span>
        }
        actions={<WebhookActions webhook={webhook} onChange={onChange} />}
      />
      <Stack gap="md">
        {!webhook.enabled && <SwitchedOffNotice webhook={webhook} onChange={onChange} />}
        {webhook.health.state === "FAILING" && (
          <FailingNotice webhook={webhook} onChange={onChange} />
        )}
        <DeliveryLog webhook={webhook} />
      </Stack>
    </>
  );
}
