import { createHmac } from "node:crypto";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { successPercent, verifyingSnippet } from "./webhookWords";

test("a webhook with a single failure is not shown as perfect", () => {
  expect(successPercent({ delivered: 999, failed: 0, pending: 5 })).toBe(100);
  expect(successPercent({ delivered: 99_999, failed: 1, pending: 0 })).toBe(99.9);
});

test("before anything came to an end there is no share", () => {
  expect(successPercent({ delivered: 0, failed: 0, pending: 3 })).toBeNull();
});

test("the snippet takes our signature and refuses others, of any length", () => {
  const verify = runInNewContext(`${verifyingSnippet}\nverifyWebhook`, {
    require: (name: string) => process.getBuiltinModule(name),
    Buffer,
  });
  const signature = createHmac("sha256", "whsec_x").update("{}").digest("hex");
  expect(verify("{}", signature, "whsec_x")).toBe(true);
  expect(verify("{ }", signature, "whsec_x")).toBe(false);
  expect(verify("{}", "short", "whsec_x")).toBe(false);
});
