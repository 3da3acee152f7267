import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import { Badge } from "../../components/Badge";
import { Countdown } from "../../components/Countdown";
import { profileLink } from "../../components/profileLink";
import { Row } from "../../components/Rows";
import { AccountActions, ReconnectButton } from "./AccountActions";
import classes from "./AccountRow.module.css";
import { DailyLimitBar } from "./DailyLimitBar";
import type { Account } from "./documents";
import { statusLabel } from "./labels";

export function AccountRow(props: { account: Account; onChange: () => void }) {
  const { account } = props;
  const { tone, label } = statusLabel(account.status);
  const isConnected = account.status !== "DISCONNECTED";
  return (
    <Row
      name={
        <Anchor component={Link} href={`/accounts/${account.id}`} inherit>
          {account.name}
        </Anchor>
      }
      isPast={!isConnected}
      badges={
        <>
          <Badge tone={tone}>{label}</Badge>
          {account.isDefault && <Badge tone="info">Default</Badge>}
          {isConnected && !account.pacing.isOn && <Badge tone="warn">Not paced</Badge>}
        </>
      }
      facts={[
        <ProfileLink key="profile" url={account.profileUrl} />,
        account.pausedNote && <bdi key="note">“{account.pausedNote}”</bdi>,
        account.pausedUntil && (
          <span key="until">
            Resumes <Countdown until={account.pausedUntil} />
          </span>
        ),
      ]}
      actions={isConnected ? <AccountActions {...props} /> : <ReconnectButton {...props} />}
    >
      {isConnected && <TasksToday account={account} />}
    </Row>
  );
}

export function ProfileLink({ url }: { url: string }) {
  return (
    <Anchor href={profileLink(url)} target="_blank" rel="noreferrer" inherit>
      {url}
    </Anchor>
  );
}

function TasksToday({
  account: { name, tasksCreatedToday, dailyTaskLimit },
}: {
  account: Account;
}) {
  return (
    <div className={classes.quota}>
      <DailyLimitBar
        accountName={name}
        createdToday={tasksCreatedToday}
        dailyTaskLimit={dailyTaskLimit}
        className={classes.bar}
      />
      <span>
        {tasksCreatedToday.toLocaleString("en")} of {dailyTaskLimit.toLocaleString("en")} tasks
        today
      </span>
    </div>
  );
}
