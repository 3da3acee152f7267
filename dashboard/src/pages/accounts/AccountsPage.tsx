import { useDisclosure } from "@mantine/hooks";
import { IconBrandLinkedin } from "@tabler/icons-react";
import { Card } from "../../components/Card";
import { EmptyState } from "../../components/EmptyState";
import { NewButton } from "../../components/NewButton";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import { Rows } from "../../components/Rows";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { AccountRow } from "./AccountRow";
import { ConnectAccountDialog } from "./ConnectAccountDialog";
import { Accounts } from "./documents";

/** No subscription reports how many tasks were created today. */
const POLL_SECONDS = 5;

export function AccountsPage() {
  const query = useLiveQuery({ query: Accounts }, { pollSeconds: POLL_SECONDS });
  const [isConnecting, connecting] = useDisclosure(false);
  const connect = <NewButton onClick={connecting.open}>Connect an account</NewButton>;
  return (
    <>
      <PageHeader
        title="LinkedIn accounts"
        help="/docs/questions"
        description="Tasks run as one of these accounts. Tasks without an account use the default."
        actions={connect}
      />
      <Card flush>
        <QueryResult query={query}>
          {({ linkedinAccounts }) =>
            linkedinAccounts.length === 0 ? (
              <EmptyState icon={IconBrandLinkedin} title="No account yet" action={connect}>
                Enter the LinkedIn profile that your agent is signed in to. ZenMode never asks for
                its password.
              </EmptyState>
            ) : (
              <Rows label="LinkedIn accounts">
                {linkedinAccounts.map((account) => (
                  <AccountRow key={account.id} account={account} onChange={query.refetch} />
                ))}
              </Rows>
            )
          }
        </QueryResult>
      </Card>
      <ConnectAccountDialog
        opened={isConnecting}
        onClose={connecting.close}
        onDone={query.refetch}
      />
    </>
  );
}
