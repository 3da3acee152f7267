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
import { type Overview, OverviewQuery, SomeTaskChanged } from "./documents";
import { FirstSteps } from "./FirstSteps";
import { firstSteps } from "./firstStepList";
import classes from "./OverviewPage.module.css";
import { TodayTiles } from "./TodayTiles";

/** No subscription reports that an agent starts or a key is created. */
const POLL_SECONDS = 5;
const MINUTE_MS = 60_000;
const REFETCH_EVERY_MS = 2_000;

export function OverviewPage() {
  const minute = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS;
  const query = useLiveQuery(
    { query: OverviewQuery, variables: { now: new Date(minute).toISOString() } },
    { pollSeconds: POLL_SECONDS, keepsData: true },
  );
  useSubscriptionEvents(SomeTaskChanged, {}, useThrottle(REFETCH_EVERY_MS, query.refetch));
  return (
    <>
      <PageHeader title="Overview" help="/docs/quickstart" />
      <QueryResult query={query} skeleton={<Skeleton height={420} radius="lg" />}>
        {(overview) => <OverviewCards overview={overview} />}
      </QueryResult>
    </>
  );
}

function OverviewCards({ overview }: { overview: Overview }) {
  const steps = firstSteps(overview);
  return (
    <div className={classes.page}>
      {steps.some(({ isDone }) => !isDone) && <FirstSteps steps={steps} />}
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
