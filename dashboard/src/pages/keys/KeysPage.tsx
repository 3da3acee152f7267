import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { Card } from "../../components/Card";
import { CodeBlock } from "../../components/CodeBlock";
import { EmptyState } from "../../components/EmptyState";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import { Rows } from "../../components/Rows";
import { SecretDialog } from "../../components/SecretDialog";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { CreateKeyDialog } from "./CreateKeyDialog";
import { ApiKeys } from "./documents";
import { KeyRow } from "./KeyRow";

/** Nobody tells when a key is used. */
const LOOK_EVERY_SECONDS = 5;

export function KeysPage() {
  const query = useLiveQuery({ query: ApiKeys }, { pollSeconds: LOOK_EVERY_SECONDS });
  const [isCreating, creating] = useDisclosure(false);
  const [token, setToken] = useState<string | null>(null);
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={creating.open}>
      New key
    </Button>
  );
  return (
    <>
      <PageHeader
        title="API keys"
        description="With a key your program queues tasks and reads what became of them."
        actions={create}
      />
      <QueryResult query={query}>
        {({ apiKeys }) => {
          const valid = apiKeys.filter(({ revokedAt }) => revokedAt === null);
          const revoked = apiKeys.filter(({ revokedAt }) => revokedAt !== null);
          return (
            <Stack gap="md">
              <Card flush>
                {valid.length === 0 ? (
                  <EmptyState icon={IconKey} title="No key yet" action={create}>
                    Make one for each program, so that you can take each back by itself.
                  </EmptyState>
                ) : (
                  <Rows label="API keys">
                    {valid.map((key) => (
                      <KeyRow key={key.id} apiKey={key} onChange={query.refetch} />
                    ))}
                  </Rows>
                )}
              </Card>
              {revoked.length > 0 && (
                <Card title="Revoked" flush>
                  <Rows label="Revoked keys">
                    {revoked.map((key) => (
                      <KeyRow key={key.id} apiKey={key} onChange={query.refetch} />
                    ))}
                  </Rows>
                </Card>
              )}
            </Stack>
          );
        }}
      </QueryResult>
      <CreateKeyDialog
        opened={isCreating}
        onClose={creating.close}
        onDone={(made) => {
          creating.close();
          setToken(made);
          query.refetch();
        }}
      />
      <SecretDialog secret={token} onClose={() => setToken(null)} title="The API key" label="key">
        <Text size="sm">Queue a first task with it:</Text>
        <CodeBlock label="curl command" code={firstTask(token ?? "")} />
      </SecretDialog>
    </>
  );
}

/** As the documentation has it, with this installation's address and the new key. */
const firstTask = (token: string): string => `curl -X POST ${location.origin}/api/v1/tasks \\
  -H "Authorization: Bearer ${token}" \\
  -H "Content-Type: application/json" \\
  -d '{
    "action_type": "connect",
    "payload": {
      "profile_url": "https://linkedin.com/in/jane-doe",
      "message": "Hi Jane, shall we connect?"
    }
  }'`;
