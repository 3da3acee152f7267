import { describe, expect, test } from "vitest";
import { type Listed, type TaskList, withChanges, withOlder } from "./taskList";

const at = (second: number) => `2026-04-02T10:00:${String(second).padStart(2, "0")}.000Z`;
const task = (id: string, second: number, status = "PENDING", updated = second): Listed => ({
  id,
  status,
  createdAt: at(second),
  updatedAt: at(updated),
});
const list: TaskList<Listed> = {
  tasks: [task("c", 30), task("b2", 20), task("b1", 20), task("a", 10)],
  hasOlder: true,
};
const ids = ({ tasks }: TaskList<Listed>) => tasks.map((one) => one.id).join(" ");
const everything = () => true;

describe("withChanges", () => {
  test("a changed task stays in its place", () => {
    const changed = withChanges(list, [task("b1", 20, "QUEUED", 40)], everything);
    expect(ids(changed)).toBe("c b2 b1 a");
    expect(changed.tasks[2]?.status).toBe("QUEUED");
  });

  test("a new task comes in at the top", () => {
    expect(ids(withChanges(list, [task("d", 40)], everything))).toBe("d c b2 b1 a");
  });

  test("a task older than all that was loaded waits until it is loaded", () => {
    expect(ids(withChanges(list, [task("z", 5)], everything))).toBe("c b2 b1 a");
    expect(ids(withChanges({ ...list, hasOlder: false }, [task("z", 5)], everything))).toBe(
      "c b2 b1 a z",
    );
  });

  test("a task that no longer passes the filter goes, and one that now does comes in", () => {
    const isPending = (one: Listed) => one.status === "PENDING";
    expect(ids(withChanges(list, [task("c", 30, "QUEUED", 40)], isPending))).toBe("b2 b1 a");
    expect(ids(withChanges(list, [task("x", 25, "PENDING", 40)], isPending))).toBe("c x b2 b1 a");
  });

  test("news that is older than what is shown changes nothing", () => {
    const newer = withChanges(list, [task("c", 30, "COMPLETED", 50)], everything);
    expect(withChanges(newer, [task("c", 30, "QUEUED", 40)], everything).tasks[0]?.status).toBe(
      "COMPLETED",
    );
  });

  test("tasks that did not change stay the very same objects, so that their rows stay too", () => {
    const changed = withChanges(list, [task("c", 30, "QUEUED", 40)], everything);
    expect(changed.tasks[1]).toBe(list.tasks[1]);
  });
});

test("an older page repeats nothing that moved into it", () => {
  expect(ids(withOlder(list, [task("a", 10), task("z", 5)], false))).toBe("c b2 b1 a z");
});
