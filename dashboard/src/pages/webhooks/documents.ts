import { graphql, type ResultOf } from "../../graphql/graphql";

export const WebhookFields = graphql(`
  fragment WebhookFields on Webhook {
    id url events enabled disabledReason createdAt
    health { state failingSince lastAttemptAt lastError }
    recentDeliveries { delivered failed pending }
  }
`);

export type Webhook = ResultOf<typeof WebhookFields>;

export const Webhooks = graphql(
  `
    query Webhooks { webhooks { ...WebhookFields } }
  `,
  [WebhookFields],
);

export const OneWebhook = graphql(
  `
    query OneWebhook($id: Int!) { webhook(id: $id) { ...WebhookFields } }
  `,
  [WebhookFields],
);

export const CreateWebhook = graphql(`
  mutation CreateWebhook($input: CreateWebhookInput!) {
    createWebhook(input: $input) { webhook { id } secret }
  }
`);

export const UpdateWebhook = graphql(`
  mutation UpdateWebhook($input: UpdateWebhookInput!) {
    updateWebhook(input: $input) { webhook { id } }
  }
`);

export const DeleteWebhook = graphql(`
  mutation DeleteWebhook($id: Int!) { deleteWebhook(id: $id) { id } }
`);

export const RotateSecret = graphql(`
  mutation RotateSecret($id: Int!) {
    rotateWebhookSecret(id: $id) { secret previousSecretExpiresAt }
  }
`);

export const SendTestEvent = graphql(`
  mutation SendTestEvent($id: Int!, $event: WebhookEvent!) {
    sendTestEvent(webhookId: $id, event: $event) { delivery { id } }
  }
`);

export const RecoverDeliveries = graphql(`
  mutation RecoverDeliveries($id: Int!, $since: DateTime!) {
    recoverDeliveries(webhookId: $id, since: $since) { count }
  }
`);

export const Redeliver = graphql(`
  mutation Redeliver($id: ID!) { redeliver(deliveryId: $id) { delivery { id } } }
`);

export const Deliveries = graphql(`
  query Deliveries($webhookId: Int!, $status: DeliveryStatus, $after: String) {
    deliveries(webhookId: $webhookId, status: $status, first: 25, after: $after) {
      nodes {
        id event taskId status attemptCount nextAttemptAt createdAt deliveredAt failureReason
        lastError lastStatusCode isTest
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export type Delivery = ResultOf<typeof Deliveries>["deliveries"]["nodes"][number];

export const DeliveryDetails = graphql(`
  query DeliveryDetails($id: ID!) {
    delivery(id: $id) {
      id body
      attempts { number startedAt durationMs statusCode error responseExcerpt succeeded }
    }
  }
`);

export const WebhookDeliveryChanges = graphql(`
  subscription WebhookDeliveryChanges($webhookId: Int) {
    deliveryUpdates(webhookId: $webhookId) { id status attemptCount }
  }
`);
