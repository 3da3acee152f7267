import { Text } from "@mantine/core";
import { Card } from "../../components/Card";
import { CodeBlock } from "../../components/CodeBlock";
import { CopyButton } from "../../components/CopyButton";
import { PageHeader } from "../../components/PageHeader";
import { RelativeTime } from "../../components/RelativeTime";
import { untilTime } from "../../components/times";
import { useViewer, type Viewer } from "../../session/SessionProvider";
import classes from "./SettingsPage.module.css";

const plans: Record<Viewer["workspace"]["subscriptionStatus"], string> = {
  TRIALING: "Trial",
  ACTIVE: "Active",
  PAST_DUE: "Payment overdue",
  CANCELLED: "Cancelled",
};

/** What the workspace is, and how it stands with its subscription. */
export function SettingsPage() {
  const { user, workspace } = useViewer();
  const { id, name, subscriptionStatus, subscriptionEndsAt } = workspace;
  const end = subscriptionStatus === "TRIALING" ? "Trial ends" : "Subscription ends";
  return (
    <>
      <PageHeader title="Settings" />
      <div className={classes.cards}>
        <Card title="Workspace">
          <dl className={classes.facts}>
            <Fact name="Name">{name}</Fact>
            <Fact name="Id">
              <span className={classes.id}>
                <code>{id}</code>
                <CopyButton value={id} label="Copy the workspace id" />
              </span>
            </Fact>
            <Fact name="Signed in as">{user?.email}</Fact>
          </dl>
        </Card>
        <Card title="Subscription">
          <dl className={classes.facts}>
            <Fact name="Plan">{plans[subscriptionStatus]}</Fact>
            <Fact name={end}>
              {subscriptionEndsAt ? (
                <>
                  {untilTime(subscriptionEndsAt)} (<RelativeTime at={subscriptionEndsAt} />)
                </>
              ) : (
                "No end date"
              )}
            </Fact>
          </dl>
          <Text size="sm" mt="md" mb="xs">
            The person who runs this installation changes the subscription with:
          </Text>
          <CodeBlock label="command" code={`zenmode subscription set ${id} active`} />
        </Card>
      </div>
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
