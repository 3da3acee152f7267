import { PageHeader } from "../../pieces/PageHeader";

export function ExplorerPage() {
  return <PageHeader title="API explorer" />;
}
