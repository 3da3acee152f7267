import { Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { CodeBlock } from "../../components/CodeBlock";
import { EmptyState } from "../../components/EmptyState";
import { NewButton } from "../../components/NewButton";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import { RevocableList } from "../../components/RevocableList";
import { SecretDialog } from "../../components/SecretDialog";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { CreateKeyDialog } from "./CreateKeyDialog";
import { ApiKeys } from "./documents";
import { KeyRow } from "./KeyRow";

/** No subscription reports that a key is used. */
const POLL_SECONDS = 5;

export function KeysPage() {
  const query = useLiveQuery({ query: ApiKeys }, { pollSeconds: POLL_SECONDS });
  const [isCreating, creating] = useDisclosure(false);
  const [token, setToken] = useState<string | null>(null);
  const create = <NewButton onClick={creating.open}>New key</NewButton>;
  return (
    <>
      <PageHeader
        title="API keys"
        description="Your programs create and read tasks with a key."
        help="/docs/api"
        actions={create}
      />
      <QueryResult query={query}>
        {({ apiKeys }) => (
          <RevocableList
            items={apiKeys}
            label="API keys"
            revokedLabel="Revoked keys"
            empty={
              <EmptyState icon={IconKey} title="No key yet" action={create}>
                Use one key per program, so you can revoke each on its own.
              </EmptyState>
            }
          >
            {(key) => <KeyRow key={key.id} apiKey={key} onChange={query.refetch} />}
          </RevocableList>
        )}
      </QueryResult>
      <CreateKeyDialog
        opened={isCreating}
        onClose={creating.close}
        onDone={(created) => {
          setToken(created);
          query.refetch();
        }}
      />
      <SecretDialog secret={token} onClose={() => setToken(null)} title="The API key" label="key">
        <Text size="sm">Create a first task with it:</Text>
        <CodeBlock label="curl command" code={curlCommand(token ?? "")} />
      </SecretDialog>
    </>
  );
}

/** The documentation's example, with this installation's URL and the new key. */
const curlCommand = (token: string): string => `curl -X POST ${location.origin}/api/v1/tasks \\
  -H "Authorization: Bearer ${token}" \\
  -H "Content-Type: application/json" \\
  -d '{
    "action_type": "connect",
    "payload": {
      "profile_url": "https://linkedin.com/in/jane-doe",
      "message": "Hi Jane, shall we connect?"
    }
  }'`;
