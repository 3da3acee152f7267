import { PageHeader } from "../../pieces/PageHeader";

export function TasksPage() {
  return <PageHeader title="Tasks" />;
}
