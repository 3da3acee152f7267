import { Alert, Anchor, Button, Group, Stack } from "@mantine/core";
import { IconArrowLeft, IconPlugConnectedX } from "@tabler/icons-react";
import { Link, useParams } from "wouter";
import { useAtMostEvery } from "../../graphql/useAtMostEvery";
import { useLive } from "../../graphql/useLive";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useToldAction } from "../../graphql/useToldAction";
import { Loaded } from "../../pieces/Loaded";
import { PageHeader } from "../../pieces/PageHeader";
import { NotFoundPage } from "../session/NotFoundPage";
import { DeliveryLog } from "./DeliveryLog";
import { ChangeWebhook, OneWebhook, type Webhook, WebhookDeliveryChanges } from "./documents";
import { Health } from "./Health";
import { WebhookActions } from "./WebhookActions";
import classes from "./WebhookPage.module.css";
import { eventNames } from "./webhookWords";

const REST_MS = 1_000;

export function WebhookPage() {
  const { id = "" } = useParams<{ id: string }>();
  return /^\d{1,9}$/.test(id) ? <KnownWebhook key={id} id={Number(id)} /> : <NotFoundPage />;
}

function KnownWebhook({ id }: { id: number }) {
  const query = useLiveQuery({ query: OneWebhook, variables: { id } });
  useLive(WebhookDeliveryChanges, { webhookId: id }, useAtMostEvery(REST_MS, query.refetch));
  return (
    <Loaded query={query}>
      {({ webhook }) =>
        webhook ? <Details webhook={webhook} onChange={query.refetch} /> : <NotFoundPage />
      }
    </Loaded>
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
            <Health webhook={webhook} />
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
        <DeliveryLog webhookId={webhook.id} />
      </Stack>
    </>
  );
}

function Off({ webhook, onChange }: { webhook: Webhook; onChange: () => void }) {
  const enable = useToldAction(ChangeWebhook, "The webhook is on again.");
  return (
    <Alert
      color="var(--tone-bad)"
      icon={<IconPlugConnectedX />}
      title={`This webhook is off${webhook.disabledReason ? `: ${webhook.disabledReason}` : ""}`}
      styles={{ title: { color: "var(--tone-bad)" } }}
    >
      <Group justify="space-between">
        <span>
          While it is off, no event is kept for it. Switched on again, it goes on with what is
          pending.
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
