import { PageHeader } from "../../pieces/PageHeader";

export function OverviewPage() {
  return <PageHeader title="Overview" />;
}
