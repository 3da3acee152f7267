import { Text } from "@mantine/core";
import { Card } from "../../components/Card";
import { CodeBlock } from "../../components/CodeBlock";
import { CopyButton } from "../../components/CopyButton";
import { Facts } from "../../components/Facts";
import { PageHeader } from "../../components/PageHeader";
import { RelativeTime } from "../../components/RelativeTime";
import { untilTime } from "../../components/times";
import { useViewer, type Viewer } from "../../session/SessionProvider";
import classes from "./SettingsPage.module.css";

type Workspace = Viewer["workspace"];

const plans: Record<Workspace["subscriptionStatus"], string> = {
  TRIALING: "Trial",
  ACTIVE: "Active",
  PAST_DUE: "Payment overdue",
  CANCELLED: "Cancelled",
};

/** The workspace and its subscription. */
export function SettingsPage() {
  const { user, workspace } = useViewer();
  return (
    <>
      <PageHeader title="Settings" help="/docs/questions" />
      <div className={classes.cards}>
        <Card title="Workspace">
          <Facts
            facts={[
              ["Name", <bdi key="name">{workspace.name}</bdi>],
              ["ID", <WorkspaceId key="id" id={workspace.id} />],
              ["Signed in as", user?.email],
            ]}
          />
        </Card>
        <SubscriptionCard workspace={workspace} />
      </div>
    </>
  );
}

function WorkspaceId({ id }: { id: string }) {
  return (
    <span className={classes.id}>
      <code>{id}</code>
      <CopyButton value={id} label="Copy the workspace ID" />
    </span>
  );
}

function SubscriptionCard({ workspace }: { workspace: Workspace }) {
  const { id, subscriptionStatus, subscriptionEndsAt } = workspace;
  const end = subscriptionEndsAt ? (
    <>
      {untilTime(subscriptionEndsAt)} (<RelativeTime at={subscriptionEndsAt} />)
    </>
  ) : (
    "No end date"
  );
  return (
    <Card title="Subscription">
      <Facts
        facts={[
          ["Plan", plans[subscriptionStatus]],
          [subscriptionStatus === "TRIALING" ? "Trial ends" : "Subscription ends", end],
        ]}
      />
      <Text size="sm" mt="md" mb="xs">
        The operator of this installation changes the subscription with:
      </Text>
      <CodeBlock label="command" code={`zenmode subscription set ${id} active`} />
    </Card>
  );
}
