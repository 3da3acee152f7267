import { expect, test } from "vitest";
import { type ListFilter, readFilter, toApiFilter, writeFilter } from "./taskFilter";

const filter: ListFilter = {
  statuses: ["FAILED", "CANCELLED"],
  actionType: "VIEW_PROFILE",
  linkedinAccountId: "acc_1",
  profileUrl: "https://linkedin.com/in/jane-doe",
  createdFrom: "2026-04-01",
  createdTo: "2026-04-30",
};
const now = new Date("2026-04-02T10:00:00Z");

test("a filter is read from the URL as it was written", () => {
  const search = writeFilter(filter);
  expect(search.toString()).toBe(
    "status=failed%2Ccancelled&action_type=view_profile&linkedin_account_id=acc_1" +
      "&profile=https%3A%2F%2Flinkedin.com%2Fin%2Fjane-doe" +
      "&created_from=2026-04-01&created_to=2026-04-30",
  );
  expect(readFilter(search)).toEqual(filter);
  expect(readFilter(writeFilter({ isScheduled: true }))).toEqual({ isScheduled: true });
});

test("values that mean nothing filter nothing", () => {
  const search = "status=lost,constructor&action_type=poke&created_from=2026-99-01&profile=+&x=1";
  expect(readFilter(new URLSearchParams(search))).toEqual({});
});

test("days are whole days of the reader, the last one included", () => {
  const { createdAfter, createdBefore } = toApiFilter(filter, now);
  expect(createdAfter).toBe(new Date(2026, 3, 1).toISOString());
  expect(createdBefore).toBe(new Date(2026, 4, 1).toISOString());
});

test("scheduled tasks are the pending ones whose time has not come", () => {
  expect(toApiFilter({ isScheduled: true }, now)).toEqual({
    statuses: ["PENDING"],
    scheduledAfter: now.toISOString(),
  });
});
