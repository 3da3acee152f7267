import { PageHeader } from "../../pieces/PageHeader";

export function WebhookPage() {
  return <PageHeader title="Webhook" />;
}
