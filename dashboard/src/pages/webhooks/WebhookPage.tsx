import { Alert, Anchor, Button, Group, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconArrowLeft, IconPlugConnectedX } from "@tabler/icons-react";
import { Link, useParams } from "wouter";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import { RelativeTime } from "../../components/RelativeTime";
import { untilTime } from "../../components/times";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import { useSubscriptionEvents } from "../../graphql/useSubscriptionEvents";
import { useThrottle } from "../../graphql/useThrottle";
import { NotFoundPage } from "../session/NotFoundPage";
import { DeliveryLog } from "./DeliveryLog";
import { ChangeWebhook, OneWebhook, type Webhook, WebhookDeliveryChanges } from "./documents";
import { eventNames } from "./labels";
import { RecoverDialog } from "./RecoverDialog";
import { WebhookActions } from "./WebhookActions";
import { WebhookHealthBadge } from "./WebhookHealthBadge";
import classes from "./WebhookPage.module.css";

const REST_MS = 1_000;
/** It may be changed or switched off elsewhere without a delivery that changes. */
const LOOK_EVERY_SECONDS = 5;

export function WebhookPage() {
  const { id = "" } = useParams<{ id: string }>();
  return /^\d{1,9}$/.test(id) ? <KnownWebhook key={id} id={Number(id)} /> : <NotFoundPage />;
}

function KnownWebhook({ id }: { id: number }) {
  const query = useLiveQuery(
    { query: OneWebhook, variables: { id } },
    { pollSeconds: LOOK_EVERY_SECONDS },
  );
  useSubscriptionEvents(
    WebhookDeliveryChanges,
    { webhookId: id },
    useThrottle(REST_MS, query.refetch),
  );
  return (
    <QueryResult query={query}>
      {({ webhook }) =>
        webhook ? <Details webhook={webhook} onChange={query.refetch} /> : <NotFoundPage />
      }
    </QueryResult>
  );
}

function Details({ webhook, onChange }: { webhook: Webhook; onChange: () => void }) {
  const { delivered, failed, pending } = webhook.recentDeliveries;
  return (
    <>
      <PageHeader
        title={new URL(webhook.url).host}
        before={
          <Anchor component={Link} href="/webhooks" size="sm" className={classes.back}>
            <IconArrowLeft size={15} aria-hidden /> Webhooks
          </Anchor>
        }
        description={
          <span className={classes.about}>
            <WebhookHealthBadge webhook={webhook} />
            <span className={classes.url}>{webhook.url}</span>
            <code>{webhook.events.map((event) => eventNames[event]).join(", ")}</code>
            <span>
              In 24 hours {delivered} delivered, {failed} failed, {pending} pending
            </span>
          </span>
        }
        actions={<WebhookActions webhook={webhook} onChange={onChange} />}
      />
      <Stack gap="md">
        {!webhook.enabled && <Off webhook={webhook} onChange={onChange} />}
        {webhook.health.state === "FAILING" && <Failing webhook={webhook} onChange={onChange} />}
        <DeliveryLog webhook={webhook} />
      </Stack>
    </>
  );
}

/** What is wrong, and the way to send what waits once it is repaired. */
function Failing({ webhook, onChange }: { webhook: Webhook; onChange: () => void }) {
  const [isRecovering, recovering] = useDisclosure(false);
  const { failingSince, lastError } = webhook.health;
  return (
    <Alert
      color="var(--tone-bad)"
      icon={<IconAlertTriangle />}
      title={`The last attempt failed: ${lastError ?? "no response"}`}
      styles={{ title: { color: "var(--tone-bad)" } }}
    >
      <Group justify="space-between">
        <span>
          {failingSince && (
            <>
              It has been failing since {untilTime(failingSince)} (
              <RelativeTime at={failingSince} />
              ).{" "}
            </>
          )}
          Deliveries are retried automatically. When the receiver works again, you need not wait for
          the next attempt.
        </span>
        <Button size="xs" variant="default" onClick={recovering.open}>
          Recover deliveries…
        </Button>
      </Group>
      <RecoverDialog
        webhookId={webhook.id}
        opened={isRecovering}
        onClose={() => {
          recovering.close();
          onChange();
        }}
      />
    </Alert>
  );
}

function Off({ webhook, onChange }: { webhook: Webhook; onChange: () => void }) {
  const enable = useMutationWithNotification(ChangeWebhook, "The webhook is on again.");
  return (
    <Alert
      color="var(--tone-bad)"
      icon={<IconPlugConnectedX />}
      title={`This webhook is off${webhook.disabledReason ? `: ${webhook.disabledReason}` : ""}`}
      styles={{ title: { color: "var(--tone-bad)" } }}
    >
      <Group justify="space-between">
        <span>
          Events that happen while it is off are never sent to it. When you switch it on, pending
          deliveries continue.
        </span>
        <Button
          size="xs"
          variant="default"
          loading={enable.isRunning}
          onClick={() =>
            void enable.run({ input: { id: webhook.id, enabled: true } }).then(onChange)
          }
        >
          Switch it on
        </Button>
      </Group>
    </Alert>
  );
}
