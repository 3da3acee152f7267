import type { ReactNode } from "react";
import { RelativeTime, useNow } from "../../components/RelativeTime";
import type { Delivery } from "./documents";

/** What the log tells of a delivery in its row. */
export type SummarizedDelivery = Pick<
  Delivery,
  "status" | "attemptCount" | "nextAttemptAt" | "failureReason" | "lastError" | "lastStatusCode"
>;

/** The attempts so far, what was wrong with the last one, and when the next one is due. */
export function aboutDelivery(delivery: SummarizedDelivery, isWebhookOn: boolean): ReactNode {
  const { attemptCount, failureReason, status, nextAttemptAt } = delivery;
  const parts: ReactNode[] = [attemptCount === 1 ? "1 attempt" : `${attemptCount} attempts`];
  const lastError = failureReason ?? lastProblem(delivery);
  if (lastError) parts.push(lastError);
  if (status === "PENDING" && !isWebhookOn) parts.push("waits until the webhook is on");
  else if (status === "PENDING" && attemptCount > 0 && nextAttemptAt) {
    parts.push(<NextAttempt key="next" at={nextAttemptAt} />);
  }
  return parts.map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts keep their places
    <span key={place}>
      {place > 0 && " · "}
      {part}
    </span>
  ));
}

/** The receiver's status says more than that it was an error; both are shown where both are known. */
export function lastProblem({ lastError, lastStatusCode }: SummarizedDelivery): string | null {
  if (lastError === null) return null;
  const code = lastStatusCode === null ? null : String(lastStatusCode);
  return code === null || lastError.includes(code) ? lastError : `${code}: ${lastError}`;
}

function NextAttempt({ at }: { at: string }) {
  const now = useNow();
  if (Date.parse(at) <= now) return "next attempt due now";
  return (
    <>
      next attempt <RelativeTime at={at} />
    </>
  );
}
