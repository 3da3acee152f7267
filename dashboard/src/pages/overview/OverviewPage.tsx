import { Anchor, Progress, Skeleton, Text } from "@mantine/core";
import { IconChevronRight, IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { Link } from "wouter";
import { Badge } from "../../components/Badge";
import { Card } from "../../components/Card";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import { RelativeTime } from "../../components/RelativeTime";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useSubscriptionEvents } from "../../graphql/useSubscriptionEvents";
import { useThrottle } from "../../graphql/useThrottle";
import { AttentionList } from "./AttentionList";
import { connectedAccounts, workingAgents } from "./attention";
import { firstSteps } from "./checklist";
import { DaysChart } from "./DaysChart";
import { type Overview, OverviewQuery, SomeTaskChanged } from "./documents";
import classes from "./OverviewPage.module.css";
import { TodayTiles } from "./TodayTiles";

/** Agents come and go, and keys are made, without a task that changes. */
const LOOK_EVERY_SECONDS = 5;
const REST_MS = 2_000;

export function OverviewPage() {
  const query = useLiveQuery({ query: OverviewQuery }, { pollSeconds: LOOK_EVERY_SECONDS });
  useSubscriptionEvents(SomeTaskChanged, {}, useThrottle(REST_MS, query.refetch));
  return (
    <>
      <PageHeader title="Overview" />
      <QueryResult query={query} skeleton={<Skeleton height={420} radius="lg" />}>
        {(overview) => <Content overview={overview} />}
      </QueryResult>
    </>
  );
}

function Content({ overview }: { overview: Overview }) {
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
          <Card title="LinkedIn accounts" actions={<More href="/accounts" />}>
            <Quotas overview={overview} />
          </Card>
        </div>
        <div className={classes.column}>
          <Card title="Needs attention" flush>
            <AttentionList items={overview.attention} />
          </Card>
          <Card title="Agents" actions={<More href="/agents" />}>
            <Agents overview={overview} />
          </Card>
        </div>
      </div>
    </div>
  );
}

function FirstSteps({ steps }: { steps: ReturnType<typeof firstSteps> }) {
  const next = steps.find(({ isDone }) => !isDone);
  return (
    <Card title="First steps" flush>
      <ol className={classes.steps}>
        {steps.map((step) => {
          const Icon = step.isDone ? IconCircleCheck : IconCircleDashed;
          return (
            <li
              key={step.title}
              data-done={step.isDone || undefined}
              data-next={step === next || undefined}
            >
              <Link href={step.href} className={classes.step}>
                <Icon size={22} stroke={1.6} aria-label={step.isDone ? "Done" : "To do"} />
                <span>
                  <strong>{step.title}</strong>
                  <span className={classes.advice}>{step.advice}</span>
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function Quotas({ overview }: { overview: Overview }) {
  const accounts = connectedAccounts(overview);
  if (accounts.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        None yet.{" "}
        <Anchor component={Link} href="/accounts" inherit underline="always">
          Connect one
        </Anchor>{" "}
        to carry tasks out with.
      </Text>
    );
  }
  return (
    <ul className={classes.quotas}>
      {accounts.map(({ linkedinAccount: { id, name, status }, createdToday, dailyTaskLimit }) => {
        const share = (createdToday / dailyTaskLimit) * 100;
        const color = share >= 100 ? "red.7" : share >= 80 ? "yellow.7" : "pine";
        return (
          <li key={id}>
            <div className={classes.quota}>
              <span>
                {name} {status === "PAUSED" && <Badge tone="warn">Paused</Badge>}
              </span>
              <span className={classes.count}>
                {createdToday.toLocaleString("en")} of {dailyTaskLimit.toLocaleString("en")} today
              </span>
            </div>
            <Progress
              value={share}
              color={color}
              size="sm"
              aria-label={`${name}: tasks created today, in percent of the limit`}
            />
          </li>
        );
      })}
    </ul>
  );
}

function Agents({ overview }: { overview: Overview }) {
  const agents = workingAgents(overview);
  if (agents.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        None yet.{" "}
        <Anchor component={Link} href="/agents" inherit underline="always">
          Make one
        </Anchor>
        , and start it where you are signed in to LinkedIn.
      </Text>
    );
  }
  return (
    <ul className={classes.agents}>
      {agents.map(({ id, name, online, isDryRun, lastSeenAt }) => (
        <li key={id}>
          <span>
            {name} {isDryRun && <Badge tone="warn">Dry run</Badge>}
          </span>
          {online ? (
            <Badge tone="good">Online</Badge>
          ) : (
            <Text size="xs" c="dimmed" component="span">
              {lastSeenAt ? (
                <>
                  seen <RelativeTime at={lastSeenAt} />
                </>
              ) : (
                "never seen"
              )}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

function More({ href }: { href: string }) {
  return (
    <Anchor component={Link} href={href} size="xs" className={classes.more}>
      All <IconChevronRight size={14} aria-hidden />
    </Anchor>
  );
}
