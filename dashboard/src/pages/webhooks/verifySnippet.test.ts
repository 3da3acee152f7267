import { createHmac } from "node:crypto";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { verifySnippet } from "./verifySnippet";

test("the snippet accepts our signature and refuses others, of any length", () => {
  const verify = runInNewContext(`${verifySnippet}\nverifyWebhook`, {
    require: (name: string) => process.getBuiltinModule(name),
    Buffer,
  });
  const signature = createHmac("sha256", "whsec_x").update("{}").digest("hex");
  expect(verify("{}", signature, "whsec_x")).toBe(true);
  expect(verify("{ }", signature, "whsec_x")).toBe(false);
  expect(verify("{}", "short", "whsec_x")).toBe(false);
});
