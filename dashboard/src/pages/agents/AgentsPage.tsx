import { Anchor, Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDeviceDesktop, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { Card } from "../../components/Card";
import { CodeBlock } from "../../components/CodeBlock";
import { EmptyState } from "../../components/EmptyState";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import { Rows } from "../../components/Rows";
import { SecretDialog } from "../../components/SecretDialog";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { AgentRow } from "./AgentRow";
import { CreateAgentDialog } from "./CreateAgentDialog";
import { type Agent, Agents } from "./documents";

/** Agents come and go without telling a page. */
const LOOK_EVERY_SECONDS = 3;

export function AgentsPage() {
  const query = useLiveQuery({ query: Agents }, { pollSeconds: LOOK_EVERY_SECONDS });
  const [isCreating, creating] = useDisclosure(false);
  const [token, setToken] = useState<string | null>(null);
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={creating.open}>
      New agent
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Agents"
        description="Programs that run your tasks, each on a computer where somebody is signed in to LinkedIn."
        actions={create}
      />
      <QueryResult query={query}>
        {({ agents }) => (
          <AgentCards
            agents={agents}
            onChange={query.refetch}
            empty={
              <EmptyState icon={IconDeviceDesktop} title="No agent yet" action={create}>
                Make one, and start it with its token on the computer where you are signed in to
                LinkedIn. It fetches its work by itself.
              </EmptyState>
            }
          />
        )}
      </QueryResult>
      <CreateAgentDialog
        opened={isCreating}
        onClose={creating.close}
        onDone={(made) => {
          creating.close();
          setToken(made);
          query.refetch();
        }}
      />
      <SecretDialog
        secret={token}
        onClose={() => setToken(null)}
        title="The agent's token"
        label="token"
      >
        <Text size="sm">Start the agent where you are signed in to LinkedIn:</Text>
        <CodeBlock label="command" code={commandFor(token ?? "")} />
        <Text size="sm">
          As it comes, the agent is a <strong>dry run</strong>: it does nothing on LinkedIn and
          reports success. To act on LinkedIn, it needs a driver. See{" "}
          <Anchor href="/docs/agent" target="_blank" inherit underline="always">
            how to install and run it
          </Anchor>
          .
        </Text>
      </SecretDialog>
    </>
  );
}

function AgentCards(props: {
  agents: readonly Agent[];
  onChange: () => void;
  empty: React.ReactNode;
}) {
  const working = props.agents.filter(({ revokedAt }) => revokedAt === null);
  const revoked = props.agents.filter(({ revokedAt }) => revokedAt !== null);
  return (
    <Stack gap="md">
      <Card flush>
        {working.length === 0 ? (
          props.empty
        ) : (
          <Rows label="Agents">
            {working.map((agent) => (
              <AgentRow key={agent.id} agent={agent} onChange={props.onChange} />
            ))}
          </Rows>
        )}
      </Card>
      {revoked.length > 0 && (
        <Card title="Revoked" flush>
          <Rows label="Revoked agents">
            {revoked.map((agent) => (
              <AgentRow key={agent.id} agent={agent} onChange={props.onChange} />
            ))}
          </Rows>
        </Card>
      )}
    </Stack>
  );
}

const commandFor = (token: string): string =>
  `ZENMODE_AGENT_TOKEN=${token} \\\n  zenmode agent --url ${location.origin}`;
