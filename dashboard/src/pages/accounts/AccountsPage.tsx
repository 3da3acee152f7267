import { PageHeader } from "../../pieces/PageHeader";

export function AccountsPage() {
  return <PageHeader title="LinkedIn accounts" />;
}
