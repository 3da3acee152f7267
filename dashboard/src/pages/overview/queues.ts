import type { WaitingCount } from "../../components/QueueList";
import type { ResultOf } from "../../graphql/graphql";
import type { AccountQueues } from "./documents";

export type QueuedAccount = ResultOf<typeof AccountQueues>["linkedinAccounts"][number];

export interface WorkspaceQueue {
  waiting: number;
  /** When the last task of all accounts starts; null if that can't be said of one of them. */
  drainsAt: string | null;
  byCode: WaitingCount[];
}

/** What waits in all accounts together; of each reason, the end that comes first. */
export function workspaceQueue(accounts: readonly QueuedAccount[]): WorkspaceQueue {
  const queues = accounts.map(({ queue }) => queue).filter(({ waiting }) => waiting > 0);
  const byCode = new Map<WaitingCount["code"], WaitingCount>();
  for (const one of queues.flatMap((queue) => queue.byCode)) {
    const known = byCode.get(one.code);
    byCode.set(one.code, {
      code: one.code,
      count: (known?.count ?? 0) + one.count,
      until: earlier(known?.until ?? null, one.until),
    });
  }
  const ends = queues.map(({ drainsAt }) => drainsAt);
  return {
    waiting: queues.reduce((sum, { waiting }) => sum + waiting, 0),
    drainsAt: ends.reduce((last, end) => (last && end ? later(last, end) : null), ends[0] ?? null),
    byCode: [...byCode.values()].sort((one, other) => other.count - one.count),
  };
}

/** Accounts that nothing limits, though tasks can use them. */
export const unpacedAccounts = (accounts: readonly QueuedAccount[]) =>
  accounts.filter(({ status, pacing }) => status !== "DISCONNECTED" && !pacing.isOn);

// Times are all written alike, so that they compare as text.
const later = (one: string, other: string): string => (one > other ? one : other);
const earlier = (one: string | null, other: string | null): string | null =>
  one && other ? (one < other ? one : other) : (one ?? other);
