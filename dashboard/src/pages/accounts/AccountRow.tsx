import { Anchor, Button, Progress } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Badge } from "../../components/Badge";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { profileLink } from "../../components/profileLink";
import { Row } from "../../components/Rows";
import { useMutationWithNotification } from "../../graphql/useMutationWithNotification";
import classes from "./AccountRow.module.css";
import { type Account, ChangeAccount, ConnectAccount, DisconnectAccount } from "./documents";

const states = {
  ACTIVE: { tone: "good", word: "Active" },
  PAUSED: { tone: "warn", word: "Paused" },
  DISCONNECTED: { tone: "calm", word: "Disconnected" },
} as const;

interface Props {
  account: Account;
  onChange: () => void;
}

export function AccountRow({ account, onChange }: Props) {
  const { tone, word } = states[account.status];
  const isConnected = account.status !== "DISCONNECTED";
  return (
    <Row
      name={account.name}
      isPast={!isConnected}
      badges={
        <>
          <Badge tone={tone}>{word}</Badge>
          {account.isDefault && <Badge tone="info">Default</Badge>}
        </>
      }
      facts={[
        <Anchor
          key="profile"
          href={profileLink(account.profileUrl)}
          target="_blank"
          rel="noreferrer"
          inherit
        >
          {account.profileUrl}
        </Anchor>,
      ]}
      actions={
        isConnected ? (
          <ConnectedActions account={account} onChange={onChange} />
        ) : (
          <Reconnect account={account} onChange={onChange} />
        )
      }
    >
      {isConnected && <Quota account={account} />}
    </Row>
  );
}

function Quota({ account: { name, tasksCreatedToday, dailyTaskLimit } }: { account: Account }) {
  const share = Math.min(100, (tasksCreatedToday / dailyTaskLimit) * 100);
  return (
    <div className={classes.quota}>
      <Progress
        value={share}
        color={share >= 100 ? "red.7" : share >= 80 ? "yellow.7" : "pine"}
        size="sm"
        className={classes.bar}
        aria-label={`${name}: tasks created today, in percent of the limit`}
      />
      <span>
        {tasksCreatedToday.toLocaleString("en")} of {dailyTaskLimit.toLocaleString("en")} tasks
        today
      </span>
    </div>
  );
}

function ConnectedActions({ account, onChange }: Props) {
  const [isAsking, asking] = useDisclosure(false);
  const isPaused = account.status === "PAUSED";
  const status = useMutationWithNotification(
    ChangeAccount,
    isPaused ? `${account.name} is active again.` : `${account.name} is paused.`,
  );
  const preference = useMutationWithNotification(
    ChangeAccount,
    `${account.name} is the default now.`,
  );
  const disconnect = useMutationWithNotification(
    DisconnectAccount,
    `${account.name} is disconnected.`,
  );
  return (
    <>
      {!account.isDefault && (
        <Button
          size="xs"
          variant="default"
          loading={preference.isRunning}
          onClick={() =>
            void preference.run({ input: { id: account.id, isDefault: true } }).then(onChange)
          }
        >
          Make default
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        loading={status.isRunning}
        onClick={() =>
          void status
            .run({ input: { id: account.id, status: isPaused ? "ACTIVE" : "PAUSED" } })
            .then(onChange)
        }
      >
        {isPaused ? "Resume" : "Pause"}
      </Button>
      <Button size="xs" variant="default" onClick={asking.open}>
        Disconnect
      </Button>
      <ConfirmDialog
        opened={isAsking}
        onClose={asking.close}
        title={`Disconnect ${account.name}?`}
        confirmLabel="Disconnect"
        onConfirm={async () => {
          const outcome = await disconnect.run({ id: account.id });
          onChange();
          return outcome;
        }}
      >
        Tasks that wait for it are cancelled; one that is being carried out may finish. You can
        connect it again later.
      </ConfirmDialog>
    </>
  );
}

function Reconnect({ account: { name, profileUrl }, onChange }: Props) {
  const connect = useMutationWithNotification(ConnectAccount, `${name} is connected again.`);
  return (
    <Button
      size="xs"
      variant="default"
      loading={connect.isRunning}
      onClick={() => void connect.run({ input: { name, profileUrl } }).then(onChange)}
    >
      Connect again
    </Button>
  );
}
