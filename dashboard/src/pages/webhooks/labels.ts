import type { Tone } from "../../components/Badge";
import { enumLabel } from "../../components/enumLabel";
import type { Delivery, Webhook } from "./documents";

export type WebhookEvent = Webhook["events"][number];

/** Every event that a webhook can receive; the compiler says when the schema has another. */
export const webhookEvents = Object.keys({
  TASK_COMPLETED: true,
  TASK_FAILED: true,
} satisfies Record<WebhookEvent, true>) as WebhookEvent[];

/** An event as it is named in the request: `task.completed`. Also names events new to this page. */
export const eventName = (event: string): string => event.toLowerCase().replace("_", ".");

const deliveryTones: Record<Delivery["status"], Tone> = {
  PENDING: "busy",
  DELIVERED: "good",
  FAILED: "bad",
};

/** Every status that a delivery can have. */
export const deliveryStatuses = Object.keys(deliveryTones) as Delivery["status"][];

/** How a delivery is doing, in a word. One that failed and has attempts left is retrying. */
export function deliveryLabel(delivery: Pick<Delivery, "status" | "attemptCount">): {
  tone: Tone;
  label: string;
} {
  const { status, attemptCount } = delivery;
  if (status === "PENDING" && attemptCount > 0) return { tone: "warn", label: "Retrying" };
  return { tone: deliveryTones[status] ?? "calm", label: enumLabel(status) };
}

const healthLabels: Record<Webhook["health"]["state"], { tone: Tone; label: string }> = {
  UNUSED: { tone: "calm", label: "Nothing sent yet" },
  HEALTHY: { tone: "good", label: "Working" },
  FAILING: { tone: "bad", label: "Failing" },
  DISABLED: { tone: "calm", label: "Off" },
};

/** Whether events reach a webhook, judged by its latest attempt. */
export const healthLabel = ({ health: { state } }: Webhook): { tone: Tone; label: string } =>
  healthLabels[state] ?? { tone: "calm", label: enumLabel(state) };

/** Why a webhook is off, as a sentence. */
export function disabledReason({ disabledReason }: Webhook): string {
  const reason = disabledReason ?? "switched off by a user";
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

/** How many deliveries of the last 24 hours succeeded, failed and wait. */
export function recentDeliveries({ recentDeliveries }: Webhook): string | null {
  const { delivered, failed, pending } = recentDeliveries;
  if (delivered + failed + pending === 0) return null;
  return `Last 24 hours: ${delivered} delivered, ${failed} failed, ${pending} pending`;
}
