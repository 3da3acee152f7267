import { Badge } from "../../pieces/Badge";
import type { Delivery } from "./documents";
import { deliveryStates } from "./webhookWords";

/** Where a delivery is in its life; one that has failed and is tried again is shown as such. */
export function DeliveryState(props: {
  delivery: Pick<Delivery, "status" | "attemptCount" | "isTest">;
}) {
  const { status, attemptCount, isTest } = props.delivery;
  const isRetrying = status === "PENDING" && attemptCount > 0;
  const { tone, word } = isRetrying
    ? ({ tone: "warn", word: "Retrying" } as const)
    : deliveryStates[status];
  return (
    <>
      <Badge tone={tone} pulses={status === "PENDING"}>
        {word}
      </Badge>
      {isTest && <Badge tone="calm">Test</Badge>}
    </>
  );
}
