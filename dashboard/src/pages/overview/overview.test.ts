import { expect, test } from "vitest";
import { linkFor, webhookOf } from "./attentionLinks";
import { axisTop } from "./chart";
import type { Overview } from "./documents";
import { firstSteps } from "./firstStepList";

const account = (createdToday: number, status: "ACTIVE" | "DISCONNECTED" = "ACTIVE") => ({
  createdToday,
  dailyTaskLimit: 500,
  linkedinAccount: { id: "acc_1", name: "Jane", status },
});
const agent = (online: boolean, revokedAt: string | null = null) => ({
  id: "agt_1",
  name: "Mac",
  online,
  isDryRun: false,
  lastSeenAt: "2026-04-02T10:00:00.000Z",
  revokedAt,
});
const overview = (part: Partial<Overview>): Overview => ({
  usage: { days: [], accounts: [] },
  pending: { totalCount: 0 },
  scheduled: { totalCount: 0 },
  queued: { totalCount: 0 },
  processing: { totalCount: 0 },
  firstTask: { nodes: [] },
  agents: [],
  apiKeys: [],
  webhooks: [],
  attention: [],
  ...part,
});
const item = (part: Partial<Overview["attention"][number]>) => ({
  code: "NO_AGENT" as const,
  message: "Tasks wait.",
  subjectId: null,
  since: null,
  ...part,
});

test("a webhook that needs attention is named by its URL", () => {
  const webhooks = [{ id: 7, url: "https://hooks.example.com/crm" }];
  const about = (part: Partial<Overview["attention"][number]>) =>
    webhookOf(overview({ webhooks }), item(part));
  expect(about({ code: "WEBHOOK_FAILING", subjectId: "7" })).toBe("https://hooks.example.com/crm");
  expect(about({ code: "WEBHOOK_FAILING", subjectId: "8" })).toBeNull();
  expect(about({ code: "NO_AGENT", subjectId: "7" })).toBeNull();
});

test("what needs attention links to the page where it can be repaired", () => {
  expect(linkFor(item({ code: "WEBHOOK_FAILING", subjectId: "7" }))).toBe("/webhooks/7");
  expect(linkFor(item({ code: "SUBSCRIPTION_ENDED" }))).toBe("/settings");
  expect(linkFor(item({ code: "NO_AGENT" }))).toBe("/agents");
});

test("a code that a newer server brings is shown without a link", () => {
  expect(linkFor(item({ code: "NEW_RULE" as "NO_AGENT" }))).toBeNull();
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
