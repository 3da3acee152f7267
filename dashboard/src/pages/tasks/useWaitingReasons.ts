import { useEffect, useState } from "react";
import { useClient } from "urql";
import { useThrottle } from "../../graphql/useThrottle";
import { type Task, type WaitingReason, WaitingReasons } from "./documents";
import type { TaskFilter } from "./taskFilter";
import { waitingWindow } from "./waitingWindow";

type Reasons = ReadonlyMap<string, WaitingReason>;

const READ_EVERY_MS = 1_000;
/** No subscription reports that a reason has changed. */
const POLL_MS = 5_000;
const MAX_KEPT = 1_000;

/** The first reason of each pending task in view, by its id; of no more tasks than that. */
export function useWaitingReasons(
  tasks: readonly Task[],
  first: number,
  last: number,
  filter: TaskFilter,
): Reasons {
  const client = useClient();
  const [reasons, setReasons] = useState<Reasons>(new Map());
  const wanted = waitingWindow(tasks, first, last, filter);
  const read = useThrottle(READ_EVERY_MS, async () => {
    if (!wanted) return;
    const { data } = await client
      .query(WaitingReasons, { ...wanted }, { requestPolicy: "network-only" })
      .toPromise();
    if (data) setReasons((known) => merged(known, data.tasks.nodes));
  });
  const key = JSON.stringify(wanted);
  const changes = tasks
    .slice(first, last + 1)
    .map(({ updatedAt }) => updatedAt)
    .join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them asks for new reasons
  useEffect(() => {
    read();
    const timer = setInterval(() => document.hidden || read(), POLL_MS);
    return () => clearInterval(timer);
  }, [key, changes, read]);
  return reasons;
}

function merged(
  known: Reasons,
  nodes: readonly { id: string; waiting: readonly WaitingReason[] }[],
): Reasons {
  const next = new Map(known.size > MAX_KEPT ? [] : known);
  for (const { id, waiting } of nodes) {
    const [reason] = waiting;
    if (reason) next.set(id, reason);
    else next.delete(id);
  }
  return next;
}
