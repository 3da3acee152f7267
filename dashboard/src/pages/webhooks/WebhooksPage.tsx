import { useDisclosure } from "@mantine/hooks";
import { IconWebhook } from "@tabler/icons-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { Card } from "../../components/Card";
import { EmptyState } from "../../components/EmptyState";
import { NewButton } from "../../components/NewButton";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import { Rows } from "../../components/Rows";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useSubscriptionEvents } from "../../graphql/useSubscriptionEvents";
import { useThrottle } from "../../graphql/useThrottle";
import { CreateWebhook, WebhookDeliveryChanges, Webhooks } from "./documents";
import { webhookEvents } from "./labels";
import { WebhookFormDialog } from "./WebhookFormDialog";
import { WebhookRow } from "./WebhookRow";
import { WebhookSecretDialog } from "./WebhookSecretDialog";

const REFETCH_EVERY_MS = 1_000;
/** No subscription reports that a webhook was changed or switched off elsewhere. */
const POLL_SECONDS = 5;

export function WebhooksPage() {
  const query = useLiveQuery({ query: Webhooks }, { pollSeconds: POLL_SECONDS });
  const refetch = useThrottle(REFETCH_EVERY_MS, query.refetch);
  useSubscriptionEvents(WebhookDeliveryChanges, {}, refetch);
  const [isCreating, creating] = useDisclosure(false);
  const create = <NewButton onClick={creating.open}>New webhook</NewButton>;
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="URLs of yours that receive an event when a task completes or fails."
        help="/docs/webhooks"
        actions={create}
      />
      <Card flush>
        <QueryResult query={query}>
          {({ webhooks }) =>
            webhooks.length === 0 ? (
              <EmptyState icon={IconWebhook} title="No webhook yet" action={create}>
                Create one with an https URL, and your program learns the result of each task
                without polling.
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
      <CreateWebhookDialogs opened={isCreating} onClose={creating.close} onDone={query.refetch} />
    </>
  );
}

/** The form, then the new webhook's secret, then its page. */
function CreateWebhookDialogs(props: { opened: boolean; onClose: () => void; onDone: () => void }) {
  const create = useApiMutation(CreateWebhook);
  const [created, setCreated] = useState<{ id: number; secret: string } | null>(null);
  const [, navigate] = useLocation();
  return (
    <>
      <WebhookFormDialog
        opened={props.opened}
        onClose={props.onClose}
        title="New webhook"
        submitLabel="Create webhook"
        initialValues={{ url: "", events: webhookEvents.filter(isOfFinalTask) }}
        send={(input) => create.run({ input })}
        onDone={({ createWebhook: { webhook, secret } }) => {
          setCreated({ id: webhook.id, secret });
          props.onDone();
        }}
      />
      <WebhookSecretDialog
        secret={created?.secret ?? null}
        onClose={() => {
          if (created) navigate(`/webhooks/${created.id}`);
          setCreated(null);
        }}
      />
    </>
  );
}

const isOfFinalTask = (event: string): boolean =>
  event === "TASK_COMPLETED" || event === "TASK_FAILED";
