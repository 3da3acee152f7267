import { Text } from "@mantine/core";
import { Notice } from "../../components/Notice";
import { ProtectButton } from "../accounts/ProtectButton";
import { type QueuedAccount, unpacedAccounts } from "./queues";

/** Says which accounts nothing limits, and protects them with one click. */
export function UnpacedNotice(props: { accounts: readonly QueuedAccount[]; onChange: () => void }) {
  const unpaced = unpacedAccounts(props.accounts);
  const [first] = unpaced;
  if (!first) return null;
  const title =
    unpaced.length === 1 ? (
      <>
        <bdi>{first.name}</bdi> is not paced
      </>
    ) : (
      `${unpaced.length} accounts are not paced`
    );
  return (
    <Notice tone="warn" title={title}>
      <Text size="sm" mb="xs">
        Tasks run as fast as an agent takes them. LinkedIn restricts accounts that do too much.
      </Text>
      <ProtectButton accounts={unpaced} onChange={props.onChange} />
    </Notice>
  );
}
