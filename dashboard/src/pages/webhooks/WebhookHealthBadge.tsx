import { Badge } from "../../components/Badge";
import { RelativeTime } from "../../components/RelativeTime";
import type { Webhook } from "./documents";

const states = {
  UNUSED: { tone: "calm", word: "Nothing sent yet" },
  HEALTHY: { tone: "good", word: "Working" },
  FAILING: { tone: "bad", word: "Failing" },
  DISABLED: { tone: "calm", word: "Off" },
} as const;

/** Whether events reach a webhook, as far as its latest attempt tells. */
export function WebhookHealthBadge({ webhook: { health } }: { webhook: Webhook }) {
  const { tone, word } = states[health.state];
  return (
    <Badge tone={tone}>
      {word}
      {health.state === "FAILING" && health.failingSince && (
        <>
          {" since "}
          <RelativeTime at={health.failingSince} />
        </>
      )}
    </Badge>
  );
}
