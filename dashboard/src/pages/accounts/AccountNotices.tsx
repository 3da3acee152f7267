import { Stack, Text } from "@mantine/core";
import { Countdown } from "../../components/Countdown";
import { Notice } from "../../components/Notice";
import { untilTime } from "../../components/times";
import type { AccountDetails } from "./documents";
import { ProtectButton } from "./ProtectButton";

/** What a reader should know first: that the account is paused, or that nothing limits it. */
export function AccountNotices(props: { account: AccountDetails; onChange: () => void }) {
  const { account } = props;
  const isPaused = account.status === "PAUSED";
  if (!isPaused && account.pacing.isOn) return null;
  return (
    <Stack gap="xs" mb="md">
      {isPaused && <PausedNotice account={account} />}
      {!account.pacing.isOn && (
        <Notice tone="warn" title="This account is not paced">
          <Text size="sm" mb="xs">
            Its tasks run as fast as an agent takes them, up to {account.dailyTaskLimit} a day.
            LinkedIn restricts accounts that do too much. Pacing sets limits for each action, and
            gaps between them.
          </Text>
          <ProtectButton accounts={[account]} onChange={props.onChange} />
        </Notice>
      )}
    </Stack>
  );
}

function PausedNotice({ account: { pausedNote, pausedUntil } }: { account: AccountDetails }) {
  return (
    <Notice
      tone="warn"
      title={pausedNote ? <bdi>Paused: “{pausedNote}”</bdi> : "This account is paused"}
    >
      <Text size="sm">
        {pausedUntil ? (
          <>
            It resumes by itself on {untilTime(pausedUntil)}, <Countdown until={pausedUntil} />.
          </>
        ) : (
          "Its tasks wait until somebody resumes it."
        )}
      </Text>
    </Notice>
  );
}
