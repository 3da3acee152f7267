import { Anchor, Skeleton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "wouter";
import { Card } from "../../components/Card";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import { useNow } from "../../components/useNow";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useSubscriptionEvents } from "../../graphql/useSubscriptionEvents";
import { useThrottle } from "../../graphql/useThrottle";
import { AccountLimits } from "./AccountLimits";
import { AgentList } from "./AgentList";
import { AttentionList } from "./AttentionList";
import { DaysChart } from "./DaysChart";
import { AccountQueues, type Overview, OverviewQuery, SomeTaskChanged } from "./documents";
import { FirstSteps } from "./FirstSteps";
import { firstSteps } from "./firstStepList";
import classes from "./OverviewPage.module.css";
import type { QueuedAccount } from "./queues";
import { TodayTiles } from "./TodayTiles";
import { UnpacedNotice } from "./UnpacedNotice";
import { WaitingSummary } from "./WaitingSummary";

/** No subscription reports that an agent starts or a key is created. */
const POLL_SECONDS = 5;
/** Playing through what waits costs more. */
const QUEUE_POLL_SECONDS = 10;
const MINUTE_MS = 60_000;
const REFETCH_EVERY_MS = 2_000;

export function OverviewPage() {
  const minute = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS;
  const query = useLiveQuery(
    { query: OverviewQuery, variables: { now: new Date(minute).toISOString() } },
    { pollSeconds: POLL_SECONDS, keepsData: true },
  );
  const queues = useLiveQuery({ query: AccountQueues }, { pollSeconds: QUEUE_POLL_SECONDS });
  useSubscriptionEvents(SomeTaskChanged, {}, useThrottle(REFETCH_EVERY_MS, query.refetch));
  return (
    <>
      <PageHeader title="Overview" help="/docs/quickstart" />
      <QueryResult query={query} skeleton={<Skeleton height={420} radius="lg" />}>
        {(overview) =>
          // Both at once: what comes a moment later would move the rest.
          queues.isLoading ? (
            <Skeleton height={420} radius="lg" />
          ) : (
            <OverviewCards
              overview={overview}
              accounts={queues.data?.linkedinAccounts ?? null}
              onChange={queues.refetch}
            />
          )
        }
      </QueryResult>
    </>
  );
}

function OverviewCards(props: {
  overview: Overview;
  /** Null when they could not be read. */
  accounts: readonly QueuedAccount[] | null;
  onChange: () => void;
}) {
  const { overview, accounts } = props;
  const steps = firstSteps(overview);
  return (
    <div className={classes.page}>
      {steps.some(({ isDone }) => !isDone) && <FirstSteps steps={steps} />}
      {accounts && <UnpacedNotice accounts={accounts} onChange={props.onChange} />}
      <TodayTiles overview={overview} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Card title="Tasks by outcome">
            <DaysChart days={overview.usage.days} />
          </Card>
          <Card title="LinkedIn accounts" actions={<AllLink href="/accounts" />}>
            <AccountLimits overview={overview} />
          </Card>
        </div>
        <div className={classes.column}>
          <Card title="Needs attention" flush>
            <AttentionList overview={overview} />
          </Card>
          {accounts && (
            <Card title="What waits">
              <WaitingSummary accounts={accounts} />
            </Card>
          )}
          <Card title="Agents" actions={<AllLink href="/agents" />}>
            <AgentList overview={overview} />
          </Card>
        </div>
      </div>
    </div>
  );
}

function AllLink({ href }: { href: string }) {
  return (
    <Anchor component={Link} href={href} size="xs" className={classes.more}>
      All <IconChevronRight size={14} aria-hidden />
    </Anchor>
  );
}
