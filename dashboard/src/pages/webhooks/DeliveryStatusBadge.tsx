import { Badge } from "../../components/Badge";
import type { Delivery } from "./documents";
import { deliveryStatuses } from "./labels";

/** Where a delivery is in its life; one that has failed and is tried again is shown as such. */
export function DeliveryStatusBadge(props: {
  delivery: Pick<Delivery, "status" | "attemptCount" | "isTest">;
}) {
  const { status, attemptCount, isTest } = props.delivery;
  const isRetrying = status === "PENDING" && attemptCount > 0;
  const { tone, word } = isRetrying
    ? ({ tone: "warn", word: "Retrying" } as const)
    : deliveryStatuses[status];
  return (
    <>
      <Badge tone={tone} pulses={status === "PENDING"}>
        {word}
      </Badge>
      {isTest && <Badge tone="calm">Test</Badge>}
    </>
  );
}
