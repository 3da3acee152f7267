import { Badge } from "../../components/Badge";
import type { Delivery } from "./documents";
import { deliveryLabel } from "./labels";

/** How a delivery is doing, and whether its event is a test. */
export function DeliveryStatusBadge(props: {
  delivery: Pick<Delivery, "status" | "attemptCount" | "isTest">;
}) {
  const { tone, label } = deliveryLabel(props.delivery);
  return (
    <>
      <Badge tone={tone} pulses={props.delivery.status === "PENDING"}>
        {label}
      </Badge>
      {props.delivery.isTest && <Badge tone="calm">Test</Badge>}
    </>
  );
}
