import { Anchor } from "@mantine/core";
import { Badge } from "../../components/Badge";
import { profileLink } from "../../components/profileLink";
import { Row } from "../../components/Rows";
import { AccountActions, ReconnectButton } from "./AccountActions";
import classes from "./AccountRow.module.css";
import { DailyLimitBar } from "./DailyLimitBar";
import type { Account } from "./documents";

const statuses = {
  ACTIVE: { tone: "good", label: "Active" },
  PAUSED: { tone: "warn", label: "Paused" },
  DISCONNECTED: { tone: "calm", label: "Disconnected" },
} as const;

export function AccountRow(props: { account: Account; onChange: () => void }) {
  const { account } = props;
  const { tone, label } = statuses[account.status];
  const isConnected = account.status !== "DISCONNECTED";
  return (
    <Row
      name={account.name}
      isPast={!isConnected}
      badges={
        <>
          <Badge tone={tone}>{label}</Badge>
          {account.isDefault && <Badge tone="info">Default</Badge>}
        </>
      }
      facts={[<ProfileLink key="profile" url={account.profileUrl} />]}
      actions={isConnected ? <AccountActions {...props} /> : <ReconnectButton {...props} />}
    >
      {isConnected && <TasksToday account={account} />}
    </Row>
  );
}

function ProfileLink({ url }: { url: string }) {
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
