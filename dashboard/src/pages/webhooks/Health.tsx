import { Badge, type Tone } from "../../pieces/Badge";
import type { Webhook } from "./documents";
import { successPercent } from "./webhookWords";

/** Whether a webhook is on, and how its last day went. */
export function Health({ webhook }: { webhook: Webhook }) {
  if (!webhook.enabled) return <Badge tone="bad">Off</Badge>;
  const percent = successPercent(webhook.recentDeliveries);
  if (percent === null) return <Badge tone="calm">Nothing sent yet today</Badge>;
  return <Badge tone={toneOf(percent)}>{`${percent} % delivered`}</Badge>;
}

const toneOf = (percent: number): Tone => (percent >= 99 ? "good" : percent >= 90 ? "warn" : "bad");
