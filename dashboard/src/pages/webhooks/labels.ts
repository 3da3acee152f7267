import type { Delivery, Webhook } from "./documents";

export type WebhookEvent = Webhook["events"][number];

export const eventNames: Record<WebhookEvent, string> = {
  TASK_COMPLETED: "task.completed",
  TASK_FAILED: "task.failed",
};

export const deliveryStatuses = {
  PENDING: { tone: "busy", word: "Pending" },
  DELIVERED: { tone: "good", word: "Delivered" },
  FAILED: { tone: "bad", word: "Failed" },
} as const satisfies Record<Delivery["status"], object>;

/** Why it is off, as a sentence begins. */
export function offBecause({ disabledReason }: Webhook): string {
  const reason = disabledReason ?? "switched off by hand";
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

/** A receiver's function that tells our events from forged ones (Node). */
export const verifyingSnippet = `const crypto = require('crypto');

function verifyWebhook(body, signature, secret) {
  const expected = crypto
    .createHmac('sha256', secret)
    .update(body)
    .digest('hex');
  return signature.length === expected.length && crypto.timingSafeEqual(
    Buffer.from(signature),
    Buffer.from(expected)
  );
}

// body: the bytes as they came, before anything parses them
// verifyWebhook(body, request.headers['x-zenmode-signature'], process.env.ZENMODE_WEBHOOK_SECRET)`;
