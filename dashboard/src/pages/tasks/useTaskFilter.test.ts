import { expect, test } from "vitest";
import { readFilter, writeFilter } from "./useTaskFilter";

test("a filter comes back from the address as it went in", () => {
  const filter = {
    statuses: ["FAILED" as const, "CANCELLED" as const],
    actionType: "VIEW_PROFILE" as const,
    linkedinAccountId: "acc_1",
  };
  const search = writeFilter(filter);
  expect(search.toString()).toBe(
    "status=failed%2Ccancelled&action_type=view_profile&linkedin_account_id=acc_1",
  );
  expect(readFilter(search)).toEqual(filter);
});

test("words in the address that mean nothing filter nothing", () => {
  expect(readFilter(new URLSearchParams("status=lost,constructor&action_type=poke&x=1"))).toEqual(
    {},
  );
});
