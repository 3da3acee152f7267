import { expect, test } from "vitest";
import { type TaskDetails, timelineOf } from "./timeline";

const at = (second: number) => `2026-04-02T10:00:${String(second).padStart(2, "0")}.000Z`;
const attempt = {
  number: 1,
  outcome: "FAILED" as const,
  agentId: "agt_1",
  claimedAt: at(2),
  startedAt: at(3) as string | null,
  finishedAt: at(5) as string | null,
  error: { code: "slow", message: "try again" } as unknown,
  lateReport: null,
};
const task = {
  id: "task_1",
  status: "COMPLETED",
  retryOf: null,
  createdAt: at(1),
  completedAt: at(9),
  attempts: [
    attempt,
    {
      ...attempt,
      number: 2,
      outcome: "COMPLETED",
      claimedAt: at(6),
      startedAt: at(7),
      finishedAt: at(9),
      error: null,
    },
  ],
} as unknown as TaskDetails;
const titles = (of: TaskDetails) => timelineOf(of, () => "Office iMac").map((one) => one.title);

test("a task's steps follow each other as they happened", () => {
  expect(titles(task)).toEqual([
    "Created",
    "Claimed by Office iMac",
    "Attempt 1 started",
    "Attempt 1 failed",
    "Claimed by Office iMac",
    "Attempt 2 started",
    "Attempt 2 succeeded",
    "Completed",
  ]);
});

test("a failure says how long it took, and why", () => {
  expect(timelineOf(task, () => "")[3]?.text).toBe("After 2.0 s. slow: try again");
});

test("a claim that never began was no attempt", () => {
  const released = { ...attempt, outcome: "RELEASED", startedAt: null, error: null };
  const waiting = { ...task, completedAt: null, attempts: [released] } as unknown as TaskDetails;
  expect(titles(waiting)).toEqual(["Created", "Claimed by Office iMac", "The claim was released"]);
});
