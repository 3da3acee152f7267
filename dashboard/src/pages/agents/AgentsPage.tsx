import { PageHeader } from "../../pieces/PageHeader";

export function AgentsPage() {
  return <PageHeader title="Agents" />;
}
