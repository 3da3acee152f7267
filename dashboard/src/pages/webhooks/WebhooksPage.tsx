import { PageHeader } from "../../pieces/PageHeader";

export function WebhooksPage() {
  return <PageHeader title="Webhooks" />;
}
