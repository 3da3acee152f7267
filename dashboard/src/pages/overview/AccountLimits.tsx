import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { Badge } from "../../components/Badge";
import { DailyLimitBar } from "../accounts/DailyLimitBar";
import { connectedAccounts } from "./attentionLinks";
import type { Overview } from "./documents";
import classes from "./OverviewPage.module.css";

const MAX_SHOWN = 5;
type AccountUsage = Overview["usage"]["accounts"][number];

/** The accounts whose daily limits are used the most. */
export function AccountLimits({ overview }: { overview: Overview }) {
  const accounts = connectedAccounts(overview);
  if (accounts.length === 0) return <NoAccount />;
  const fullest = [...accounts].sort((one, other) => share(other) - share(one)).slice(0, MAX_SHOWN);
  return (
    <>
      <ul className={classes.quotas}>
        {fullest.map((usage) => (
          <AccountLimit key={usage.linkedinAccount.id} usage={usage} />
        ))}
      </ul>
      {accounts.length > MAX_SHOWN && (
        <Text size="xs" c="dimmed" mt="md">
          The {MAX_SHOWN} with the most tasks today, of {accounts.length} accounts.
        </Text>
      )}
    </>
  );
}

const share = ({ createdToday, dailyTaskLimit }: AccountUsage): number =>
  createdToday / dailyTaskLimit;

function AccountLimit({ usage }: { usage: AccountUsage }) {
  const { linkedinAccount, createdToday, dailyTaskLimit } = usage;
  const { id, name, status } = linkedinAccount;
  return (
    <li>
      <div className={classes.quota}>
        <span className={classes.name}>
          <Anchor component={Link} href={`/accounts/${id}`} inherit c="inherit">
            <bdi>{name}</bdi>
          </Anchor>{" "}
          {status === "PAUSED" && <Badge tone="warn">Paused</Badge>}
        </span>
        <span className={classes.count}>
          {createdToday.toLocaleString("en")} of {dailyTaskLimit.toLocaleString("en")} today
        </span>
      </div>
      <DailyLimitBar
        accountName={name}
        createdToday={createdToday}
        dailyTaskLimit={dailyTaskLimit}
      />
    </li>
  );
}

function NoAccount() {
  return (
    <Text size="sm" c="dimmed">
      None yet.{" "}
      <Anchor component={Link} href="/accounts" inherit underline="always">
        Connect one
      </Anchor>{" "}
      to run tasks.
    </Text>
  );
}
