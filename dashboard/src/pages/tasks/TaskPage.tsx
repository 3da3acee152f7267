import { PageHeader } from "../../pieces/PageHeader";

export function TaskPage() {
  return <PageHeader title="Task" />;
}
