import { expect, test } from "vitest";
import { type QueuedAccount, unpacedAccounts, workspaceQueue } from "./queues";

const account = (part: Partial<QueuedAccount>): QueuedAccount => ({
  id: "acc_1",
  name: "Ada",
  status: "ACTIVE",
  pacing: { isOn: true },
  queue: { waiting: 0, drainsAt: null, byCode: [] },
  ...part,
});
const at = (hour: number) => `2026-04-02T${hour}:00:00.000Z`;

test("what waits is summed up over all accounts, with the end that comes first", () => {
  const ada = account({
    queue: {
      waiting: 3,
      drainsAt: at(14),
      byCode: [
        { code: "GAP", count: 1, until: at(12) },
        { code: "BEHIND", count: 2, until: null },
      ],
    },
  });
  const bob = account({
    queue: { waiting: 4, drainsAt: at(18), byCode: [{ code: "GAP", count: 4, until: at(11) }] },
  });
  expect(workspaceQueue([ada, bob, account({})])).toEqual({
    waiting: 7,
    drainsAt: at(18),
    byCode: [
      { code: "GAP", count: 5, until: at(11) },
      { code: "BEHIND", count: 2, until: null },
    ],
  });
});

test("when one account's end can't be said, the end of all can't be said", () => {
  const queue = { waiting: 1, byCode: [] };
  const known = account({ queue: { ...queue, drainsAt: at(14) } });
  const unknown = account({ queue: { ...queue, drainsAt: null } });
  expect(workspaceQueue([known, unknown]).drainsAt).toBeNull();
  expect(workspaceQueue([unknown, known]).drainsAt).toBeNull();
  expect(workspaceQueue([]).drainsAt).toBeNull();
});

test("unpaced accounts are those that tasks can use", () => {
  const off = { isOn: false };
  const found = unpacedAccounts([
    account({}),
    account({ id: "acc_2", pacing: off }),
    account({ id: "acc_3", pacing: off, status: "DISCONNECTED" }),
    account({ id: "acc_4", pacing: off, status: "PAUSED" }),
  ]);
  expect(found.map(({ id }) => id)).toEqual(["acc_2", "acc_4"]);
});
