import type { ReactNode } from "react";
import { RelativeTime } from "../../components/RelativeTime";
import { useNow } from "../../components/useNow";
import type { Delivery } from "./documents";

/** What the summary is made of. */
export type SummarizedDelivery = Pick<
  Delivery,
  "status" | "attemptCount" | "nextAttemptAt" | "failureReason" | "lastError" | "lastStatusCode"
>;

/** The attempts so far, the last error, and when the next attempt is due. */
export function DeliverySummary(props: { delivery: SummarizedDelivery; isWebhookOn: boolean }) {
  const { delivery, isWebhookOn } = props;
  const { attemptCount, status, nextAttemptAt } = delivery;
  const parts: ReactNode[] = [attemptsText(attemptCount)];
  const error = delivery.failureReason ?? lastAttemptError(delivery);
  if (error) parts.push(error);
  if (status === "PENDING" && !isWebhookOn) parts.push("waits until the webhook is on");
  else if (status === "PENDING" && attemptCount > 0 && nextAttemptAt) {
    parts.push(<NextAttempt key="next" at={nextAttemptAt} />);
  }
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts keep their places
    <span key={index}>
      {index > 0 && " · "}
      {part}
    </span>
  ));
}

function attemptsText(count: number): string {
  if (count === 0) return "no attempt yet";
  return count === 1 ? "1 attempt" : `${count} attempts`;
}

/** The error of the last attempt, with the receiver's status code where there was a response. */
function lastAttemptError({ lastError, lastStatusCode }: SummarizedDelivery): string | null {
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
