import { Anchor, Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { Card } from "../../components/Card";
import { Dialog } from "../../components/Dialog";
import { EmptyState } from "../../components/EmptyState";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import { RelativeTime } from "../../components/RelativeTime";
import { Row, Rows } from "../../components/Rows";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useSubscriptionEvents } from "../../graphql/useSubscriptionEvents";
import { useThrottle } from "../../graphql/useThrottle";
import { CreateWebhook, type Webhook, WebhookDeliveryChanges, Webhooks } from "./documents";
import { eventNames, offBecause } from "./labels";
import { WebhookForm } from "./WebhookForm";
import { WebhookHealthBadge } from "./WebhookHealthBadge";
import { WebhookSecret } from "./WebhookSecret";

const REST_MS = 1_000;
/** A webhook may be switched off elsewhere without a delivery that changes. */
const LOOK_EVERY_SECONDS = 5;

export function WebhooksPage() {
  const query = useLiveQuery({ query: Webhooks }, { pollSeconds: LOOK_EVERY_SECONDS });
  useSubscriptionEvents(WebhookDeliveryChanges, {}, useThrottle(REST_MS, query.refetch));
  const [isRegistering, registering] = useDisclosure(false);
  const [made, setMade] = useState<{ id: number; secret: string } | null>(null);
  const [, go] = useLocation();
  const create = useApiMutation(CreateWebhook);
  const register = (
    <Button leftSection={<IconPlus size={16} />} onClick={registering.open}>
      New webhook
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="URLs of yours that receive an event when a task completes or fails."
        actions={register}
      />
      <Card flush>
        <QueryResult query={query}>
          {({ webhooks }) =>
            webhooks.length === 0 ? (
              <EmptyState icon={IconWebhook} title="No webhook yet" action={register}>
                Register an https address, and your program needn't ask again and again what became
                of a task.
              </EmptyState>
            ) : (
              <Rows label="Webhooks">
                {webhooks.map((webhook) => (
                  <WebhookRow key={webhook.id} webhook={webhook} />
                ))}
              </Rows>
            )
          }
        </QueryResult>
      </Card>
      <Dialog opened={isRegistering} onClose={registering.close} title="New webhook">
        <WebhookForm
          initialValues={{ url: "", events: ["TASK_COMPLETED", "TASK_FAILED"] }}
          submitLabel="Register"
          send={(input) => create.run({ input })}
          onDone={({ createWebhook: { webhook, secret } }) => {
            registering.close();
            setMade({ id: webhook.id, secret });
            query.refetch();
          }}
          onClose={registering.close}
        />
      </Dialog>
      <WebhookSecret
        secret={made?.secret ?? null}
        onClose={() => {
          if (made) go(`/webhooks/${made.id}`);
          setMade(null);
        }}
      />
    </>
  );
}

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { delivered, failed, pending } = webhook.recentDeliveries;
  const hasSome = delivered + failed + pending > 0;
  return (
    <Row
      name={
        <Anchor component={Link} href={`/webhooks/${webhook.id}`} inherit>
          {webhook.url}
        </Anchor>
      }
      badges={<WebhookHealthBadge webhook={webhook} />}
      facts={[
        webhook.enabled ? webhook.health.lastError : offBecause(webhook),
        <code key="events">{webhook.events.map((event) => eventNames[event]).join(", ")}</code>,
        hasSome
          ? `In 24 hours: ${delivered} delivered, ${failed} failed, ${pending} pending`
          : null,
        <>
          Registered <RelativeTime at={webhook.createdAt} />
        </>,
      ]}
    />
  );
}
