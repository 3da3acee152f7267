import { Stack } from "@mantine/core";
import { useParams } from "wouter";
import { BackLink } from "../../components/BackLink";
import { Badge } from "../../components/Badge";
import { Card } from "../../components/Card";
import { PageHeader } from "../../components/PageHeader";
import { QueryResult } from "../../components/QueryResult";
import { TermsNotice } from "../../components/TermsNotice";
import { useLiveQuery } from "../../graphql/useLiveQuery";
import { useSubscriptionEvents } from "../../graphql/useSubscriptionEvents";
import { useThrottle } from "../../graphql/useThrottle";
import { NotFoundPage } from "../session/NotFoundPage";
import { AccountActions, ReconnectButton } from "./AccountActions";
import { AccountAgents } from "./AccountAgents";
import { AccountNotices } from "./AccountNotices";
import classes from "./AccountPage.module.css";
import { AccountQueueCard } from "./AccountQueueCard";
import { ProfileLink } from "./AccountRow";
import { type AccountDetails, AccountTasks, OneAccount } from "./documents";
import { HoursCard } from "./HoursCard";
import { LimitsCard } from "./LimitsCard";
import { LocksCard } from "./LocksCard";
import { statusLabel } from "./labels";
import { PacingCard } from "./PacingCard";

/** No subscription reports that time has passed, or that an agent started. */
const POLL_SECONDS = 5;
const REFETCH_EVERY_MS = 2_000;

interface Props {
  account: AccountDetails;
  onChange: () => void;
}

export function AccountPage() {
  const { id = "" } = useParams<{ id: string }>();
  const query = useLiveQuery(
    { query: OneAccount, variables: { id } },
    { pollSeconds: POLL_SECONDS },
  );
  useSubscriptionEvents(
    AccountTasks,
    { filter: { linkedinAccountId: id } },
    useThrottle(REFETCH_EVERY_MS, query.refetch),
  );
  return (
    <QueryResult query={query}>
      {({ linkedinAccount }) =>
        linkedinAccount ? (
          <AccountContent key={id} account={linkedinAccount} onChange={query.refetch} />
        ) : (
          <NotFoundPage />
        )
      }
    </QueryResult>
  );
}

function AccountContent({ account, onChange }: Props) {
  const isConnected = account.status !== "DISCONNECTED";
  const props = { account, onChange };
  return (
    <>
      <PageHeader
        title={account.name}
        help="/docs/pacing"
        before={<BackLink href="/accounts">LinkedIn accounts</BackLink>}
        description={<AccountIdentity account={account} />}
        actions={isConnected ? <AccountActions {...props} /> : <ReconnectButton {...props} />}
      />
      {isConnected && <AccountNotices {...props} />}
      <div className={classes.columns}>
        <Stack gap="md">
          {account.pacing.isOn && <LimitsCard {...props} />}
          <HoursCard {...props} />
        </Stack>
        <Stack gap="md">
          <AccountQueueCard account={account} />
          <LocksCard {...props} />
          <PacingCard {...props} />
          <Card title="Agents">
            <AccountAgents agents={account.servedBy} />
          </Card>
        </Stack>
      </div>
      <div className={classes.terms}>
        <TermsNotice />
      </div>
    </>
  );
}

function AccountIdentity({ account }: { account: AccountDetails }) {
  const { tone, label } = statusLabel(account.status);
  return (
    <span className={classes.identity}>
      <Badge tone={tone}>{label}</Badge>
      {account.isDefault && <Badge tone="info">Default</Badge>}
      {!account.pacing.isOn && <Badge tone="warn">Not paced</Badge>}
      <ProfileLink url={account.profileUrl} />
    </span>
  );
}
