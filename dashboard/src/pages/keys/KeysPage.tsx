import { PageHeader } from "../../pieces/PageHeader";

export function KeysPage() {
  return <PageHeader title="API keys" />;
}
