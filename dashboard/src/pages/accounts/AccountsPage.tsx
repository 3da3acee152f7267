import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBrandLinkedin, IconPlus } from "@tabler/icons-react";
import { Card } from "../../components/Card";
import { EmptyState } from "../../components/EmptyState";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import { Rows } from "../../components/Rows";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { AccountRow } from "./AccountRow";
import { ConnectAccountDialog } from "./ConnectAccountDialog";
import { Accounts } from "./documents";

/** Nobody tells when the day's count grows. */
const LOOK_EVERY_SECONDS = 5;

export function AccountsPage() {
  const query = useLiveQuery({ query: Accounts }, { pollSeconds: LOOK_EVERY_SECONDS });
  const [isConnecting, connecting] = useDisclosure(false);
  const connect = (
    <Button leftSection={<IconPlus size={16} />} onClick={connecting.open}>
      Connect an account
    </Button>
  );
  return (
    <>
      <PageHeader
        title="LinkedIn accounts"
        description="Whom tasks are carried out as. A task that names none goes to the default."
        actions={connect}
      />
      <Card flush>
        <QueryResult query={query}>
          {({ linkedinAccounts }) =>
            linkedinAccounts.length === 0 ? (
              <EmptyState icon={IconBrandLinkedin} title="No account yet" action={connect}>
                Name the LinkedIn profile that your agent is signed in to. ZenMode never asks for
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
