import { Badge } from "../../components/Badge";
import { RelativeTime } from "../../components/RelativeTime";
import type { Webhook } from "./documents";
import { healthLabel } from "./labels";

/** Whether events reach a webhook, and since when they don't. */
export function WebhookHealthBadge({ webhook }: { webhook: Webhook }) {
  const { tone, label } = healthLabel(webhook);
  const { state, failingSince } = webhook.health;
  return (
    <Badge tone={tone}>
      {label}
      {state === "FAILING" && failingSince && (
        <>
          {" since "}
          <RelativeTime at={failingSince} />
        </>
      )}
    </Badge>
  );
}
