import { expect, test } from "vitest";
import { waitingLabel } from "./waiting";

test("a reason is said in words; one that a newer server brings, by its own name", () => {
  expect(waitingLabel("GAP")).toBe("Gap between two actions");
  expect(waitingLabel("FULL_MOON" as "GAP")).toBe("Full moon");
});
