import { expect, test } from "vitest";
import type { Delivery } from "./documents";
import { deliveryLabel, deliveryStatuses, eventName, webhookEvents } from "./labels";

test("events are named as in the request that carries them", () => {
  expect(webhookEvents.map(eventName)).toEqual(["task.completed", "task.failed"]);
});

test("an event that a newer server brings is shown by its own name", () => {
  expect(eventName("TASK_CANCELLED")).toBe("task.cancelled");
  expect(eventName("LINKEDIN_ACCOUNT_PAUSED")).not.toBe("task.failed");
});

test("a delivery with failed attempts is retrying until it ends", () => {
  const label = (status: string, attemptCount: number) =>
    deliveryLabel({ status: status as Delivery["status"], attemptCount }).label;
  expect(deliveryStatuses.map((status) => label(status, 0))).toEqual([
    "Pending",
    "Delivered",
    "Failed",
  ]);
  expect(label("PENDING", 2)).toBe("Retrying");
  expect(label("DELIVERED", 2)).toBe("Delivered");
  expect(label("SOME_NEW_STATUS", 0)).toBe("Some new status");
});
