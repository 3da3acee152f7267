import { describe, expect, test } from "vitest";
import { concernsOf } from "./attention";
import { axisTop } from "./chart";
import { firstSteps } from "./checklist";
import type { Overview } from "./documents";

const account = (createdToday: number, status: "ACTIVE" | "DISCONNECTED" = "ACTIVE") => ({
  createdToday,
  dailyTaskLimit: 500,
  linkedinAccount: { id: "acc_1", name: "Jane", status },
});
const agent = (online: boolean, revokedAt: string | null = null) => ({
  id: "agt_1",
  name: "Mac",
  online,
  lastSeenAt: "2026-04-02T10:00:00.000Z",
  revokedAt,
});
const overview = (part: Partial<Overview>): Overview => ({
  usage: { days: [], accounts: [] },
  pending: { totalCount: 0 },
  queued: { totalCount: 0 },
  processing: { totalCount: 0 },
  firstTask: { nodes: [] },
  agents: [],
  apiKeys: [],
  webhooks: [],
  ...part,
});
const titles = (part: Partial<Overview>) => concernsOf(overview(part)).map(({ title }) => title);

describe("what needs attention", () => {
  test("tasks that wait while no agent is online", () => {
    const waits = { pending: { totalCount: 1 }, queued: { totalCount: 1 } };
    expect(titles({ ...waits, agents: [agent(false)] })).toEqual([
      "2 tasks wait, and no agent is online",
    ]);
    expect(titles({ ...waits, agents: [agent(true, "2026-04-02T10:00:00.000Z")] })).toHaveLength(1);
    expect(titles({ ...waits, agents: [agent(false), agent(true)] })).toEqual([]);
    expect(titles({ agents: [agent(false)] })).toEqual([]);
  });

  test("a webhook that is off, with the reason", () => {
    const webhook = { id: 7, url: "https://a.example/x", enabled: false, disabledReason: "410" };
    expect(concernsOf(overview({ webhooks: [webhook] }))).toMatchObject([
      { title: "The webhook to a.example is off", advice: "410", href: "/webhooks/7" },
    ]);
    expect(titles({ webhooks: [{ ...webhook, enabled: true }] })).toEqual([]);
  });

  test("an account near its limit, more urgently at it", () => {
    const at = (count: number) =>
      concernsOf(overview({ usage: { days: [], accounts: [account(count)] } }));
    expect(at(399)).toEqual([]);
    expect(at(400)).toMatchObject([{ isUrgent: false }]);
    expect(at(500)).toMatchObject([{ isUrgent: true }]);
  });
});

test("the first steps tick themselves off", () => {
  const done = (part: Partial<Overview>) => firstSteps(overview(part)).map(({ isDone }) => isDone);
  expect(done({})).toEqual([false, false, false, false]);
  expect(
    done({
      usage: { days: [], accounts: [account(0, "DISCONNECTED")] },
      agents: [{ ...agent(false), lastSeenAt: null }],
      apiKeys: [{ id: "key_1", revokedAt: "2026-04-02T10:00:00.000Z" }],
    }),
  ).toEqual([false, false, false, false]);
  expect(
    done({
      usage: { days: [], accounts: [account(0)] },
      agents: [agent(false)],
      apiKeys: [{ id: "key_1", revokedAt: null }],
      firstTask: { nodes: [{ id: "task_1" }] },
    }),
  ).toEqual([true, true, true, true]);
});

test("the chart's axis ends at a round number above the highest day", () => {
  expect([0, 3, 4, 11, 47, 120, 1_501].map(axisTop)).toEqual([4, 4, 4, 20, 60, 200, 2_000]);
});
