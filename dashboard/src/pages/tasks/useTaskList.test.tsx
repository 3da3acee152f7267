import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { Client, type Exchange, type Operation, type OperationResult, Provider } from "urql";
import { afterEach, expect, test } from "vitest";
import { fromValue, makeSubject, map, mergeMap, pipe } from "wonka";
import type { Task } from "./documents";
import type { TaskFilter } from "./taskFilter";
import { useTaskList } from "./useTaskList";

afterEach(cleanup);

const task = (id: number, status: Task["status"] = "PENDING", change = 0): Task => ({
  id: `task_${id}`,
  actionType: "FOLLOW",
  status,
  linkedinAccountId: "acc_1",
  payload: {},
  priority: 0,
  attemptCount: 0,
  result: null,
  scheduledAt: null,
  createdAt: `2026-04-02T10:00:0${id}.000Z`,
  updatedAt: `2026-04-02T10:00:0${id + change}.000Z`,
  availableActions: [],
});

/** Lets the slow server respond. */
const responses = makeSubject<void>();

/** A server with one page for every list, and with changes when a test says so. */
function server(page: Task[], { isSlow = false } = {}) {
  const changes = makeSubject<Task>();
  const list = { tasks: { nodes: page, pageInfo: { hasNextPage: false, endCursor: null } } };
  const answer = (operation: Operation, data: object): OperationResult => ({
    operation,
    data,
    stale: false,
    hasNext: operation.kind === "subscription",
  });
  const exchange: Exchange = () =>
    mergeMap((operation) => {
      if (operation.kind === "query") {
        const listed = answer(operation, list);
        return isSlow
          ? pipe(
              responses.source,
              map(() => listed),
            )
          : fromValue(listed);
      }
      return pipe(
        changes.source,
        map((taskUpdates) => answer(operation, { taskUpdates })),
      );
    });
  const client = new Client({ url: "/graphql", exchanges: [exchange], preferGetMethod: false });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <Provider value={client}>{children}</Provider>
  );
  const change = (changed: Task) =>
    act(async () => {
      changes.next(changed);
      await new Promise(requestAnimationFrame);
    });
  return { wrapper, change };
}

async function listed(page: Task[], wanted: TaskFilter = {}) {
  const { wrapper, change } = server(page);
  const { result } = renderHook(() => useTaskList(wanted), { wrapper });
  await act(async () => {});
  const shown = () => result.current.list?.tasks.map(({ id, status }) => `${id} ${status}`);
  return { result, change, shown };
}

test("a change appears in its row, and a new task at the top", async () => {
  const { change, shown } = await listed([task(2), task(1)]);
  await change(task(1, "QUEUED", 5));
  await change(task(3));
  expect(shown()).toEqual(["task_3 PENDING", "task_2 PENDING", "task_1 QUEUED"]);
});

test("a task that leaves the wanted statuses leaves the list", async () => {
  const { change, shown } = await listed([task(2), task(1)], { statuses: ["PENDING"] });
  await change(task(1, "QUEUED", 5));
  expect(shown()).toEqual(["task_2 PENDING"]);
});

test("while paused nothing moves, and what changed is counted and then shown at once", async () => {
  const { result, change, shown } = await listed([task(1)]);
  act(() => result.current.setPaused(true));
  await change(task(1, "QUEUED", 1));
  await change(task(1, "PROCESSING", 2));
  await change(task(2));
  expect(shown()).toEqual(["task_1 PENDING"]);
  expect(result.current.waitingChanges).toBe(2);

  act(() => result.current.setPaused(false));
  expect(shown()).toEqual(["task_2 PENDING", "task_1 PROCESSING"]);
  expect(result.current.waitingChanges).toBe(0);
});

test("rows stay where they are while the reader is about to press one of their buttons", async () => {
  const { result, change, shown } = await listed([task(1)]);
  act(() => result.current.setHeld(true));
  await change(task(2));
  expect(shown()).toEqual(["task_1 PENDING"]);
  expect(result.current.waitingChanges).toBe(1);

  act(() => result.current.setHeld(false));
  expect(shown()).toEqual(["task_2 PENDING", "task_1 PENDING"]);
});

test("the browser's Back button brings the list as the reader left it", async () => {
  const { wrapper, change } = server([task(1)], { isSlow: true });
  const { result, unmount } = renderHook(() => useTaskList({}), { wrapper });
  await act(async () => responses.next());
  await change(task(2));
  unmount();

  dispatchEvent(new PopStateEvent("popstate"));
  const again = renderHook(() => useTaskList({}), { wrapper });
  expect(again.result.current.list?.tasks.map(({ id }) => id)).toEqual(["task_2", "task_1"]);
  again.unmount();

  dispatchEvent(new Event("pushState"));
  const visited = renderHook(() => useTaskList({}), { wrapper });
  expect(visited.result.current.list).toBeUndefined();
  expect(result.current.list).toBeDefined();
});

test("a change that arrives while the list is read is not undone by the older response", async () => {
  const { wrapper, change } = server([task(1)], { isSlow: true });
  const { result } = renderHook(() => useTaskList({}), { wrapper });
  await change(task(1, "QUEUED", 5));
  await change(task(2));
  expect(result.current.list).toBeUndefined();

  await act(async () => responses.next());
  expect(result.current.list?.tasks.map(({ id, status }) => `${id} ${status}`)).toEqual([
    "task_2 PENDING",
    "task_1 QUEUED",
  ]);
});
