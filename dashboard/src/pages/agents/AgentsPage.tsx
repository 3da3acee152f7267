import { Anchor, Box, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDeviceDesktop } from "@tabler/icons-react";
import { useState } from "react";
import { CodeBlock } from "../../components/CodeBlock";
import { EmptyState } from "../../components/EmptyState";
import { NewButton } from "../../components/NewButton";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import { RevocableList } from "../../components/RevocableList";
import { SecretDialog } from "../../components/SecretDialog";
import { TermsNotice } from "../../components/TermsNotice";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { AgentRow } from "./AgentRow";
import { CreateAgentDialog } from "./CreateAgentDialog";
import { Agents } from "./documents";

/** No subscription reports that an agent starts or stops. */
const POLL_SECONDS = 3;

export function AgentsPage() {
  const query = useLiveQuery({ query: Agents }, { pollSeconds: POLL_SECONDS });
  const [isCreating, creating] = useDisclosure(false);
  const [token, setToken] = useState<string | null>(null);
  const create = <NewButton onClick={creating.open}>New agent</NewButton>;
  return (
    <>
      <PageHeader
        title="Agents"
        description="Programs that run your tasks, each on a computer where somebody is signed in to LinkedIn."
        help="/docs/agent"
        actions={create}
      />
      <QueryResult query={query}>
        {({ agents }) => (
          <RevocableList
            items={agents}
            label="Agents"
            revokedLabel="Revoked agents"
            empty={
              <EmptyState icon={IconDeviceDesktop} title="No agent yet" action={create}>
                Create one, and start it with its token on the computer where you are signed in to
                LinkedIn. It looks for tasks by itself.
              </EmptyState>
            }
          >
            {(agent) => <AgentRow key={agent.id} agent={agent} onChange={query.refetch} />}
          </RevocableList>
        )}
      </QueryResult>
      <Box mt="lg" maw="75ch">
        <TermsNotice />
      </Box>
      <CreateAgentDialog
        opened={isCreating}
        onClose={creating.close}
        onDone={(created) => {
          setToken(created);
          query.refetch();
        }}
      />
      <TokenDialog token={token} onClose={() => setToken(null)} />
    </>
  );
}

function TokenDialog({ token, onClose }: { token: string | null; onClose: () => void }) {
  return (
    <SecretDialog secret={token} onClose={onClose} title="The agent's token" label="token">
      <Text size="sm">
        Start the agent where you are signed in to LinkedIn. In a clone of ZenMode, write{" "}
        <code>.venv/bin/zenmode agent</code> for <code>zenmode-agent</code>.
      </Text>
      <CodeBlock label="command" code={startCommand(token ?? "")} />
      <Text size="sm">
        Without a driver the agent is a <strong>dry run</strong>: it does nothing on LinkedIn and
        reports success. To act on LinkedIn, it needs a driver. See{" "}
        <Anchor href="/docs/agent" target="_blank" inherit underline="always">
          how to install and run it
        </Anchor>
        .
      </Text>
    </SecretDialog>
  );
}

const startCommand = (token: string): string =>
  `ZENMODE_AGENT_TOKEN=${token} \\\n  zenmode-agent --url ${location.origin}`;
