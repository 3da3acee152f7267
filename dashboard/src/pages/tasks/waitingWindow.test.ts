import { expect, test } from "vitest";
import { waitingWindow } from "./waitingWindow";

const task = (id: string, minute: number, status: "PENDING" | "COMPLETED" = "PENDING") => ({
  id,
  status,
  createdAt: `2026-04-02T10:0${minute}:00.000Z`,
});
const tasks = [
  task("task_6", 5, "COMPLETED"),
  task("task_5", 4),
  task("task_4", 4, "COMPLETED"),
  task("task_3", 4),
  task("task_2", 4),
  task("task_1", 1, "COMPLETED"),
];

test("reasons are asked for from the first pending task in view on", () => {
  expect(waitingWindow(tasks, 0, 5, { actionType: "CONNECT" })).toEqual({
    filter: {
      actionType: "CONNECT",
      statuses: ["PENDING"],
      createdBefore: "2026-04-02T10:04:00.001Z",
    },
    offset: 0,
  });
});

test("pending tasks of the same batch above the view are skipped", () => {
  expect(waitingWindow(tasks, 3, 5, {})?.offset).toBe(1);
  expect(waitingWindow(tasks, 4, 5, {})?.offset).toBe(2);
});

test("nothing is asked when no pending task is in view, or the filter wants none", () => {
  expect(waitingWindow(tasks, 5, 5, {})).toBeNull();
  expect(waitingWindow([], 0, -1, {})).toBeNull();
  expect(waitingWindow(tasks, 0, 5, { statuses: ["COMPLETED"] })).toBeNull();
});
