import { expect, test } from "vitest";
import { enumLabel } from "./enumLabel";

test("a value of an enum is named in words, also one that this page has never met", () => {
  expect(["PENDING", "VIEW_PROFILE", "SOME_NEW_VALUE"].map(enumLabel)).toEqual([
    "Pending",
    "View profile",
    "Some new value",
  ]);
});
