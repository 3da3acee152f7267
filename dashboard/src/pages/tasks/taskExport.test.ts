import { type Client, CombinedError } from "urql";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Task } from "./documents";
import { exportTasks, taskLine } from "./taskExport";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const task = (id: number, part: Partial<Task> = {}): Task => ({
  id: `task_${id}`,
  actionType: "CONNECT",
  status: "FAILED",
  linkedinAccountId: "acc_1",
  payload: { profile_url: "https://linkedin.com/in/jane", message: '=cmd|"x"' },
  priority: -2,
  attemptCount: 1,
  result: { success: false, error: { code: "gone", message: "Not there." } },
  scheduledAt: null,
  createdAt: "2026-04-02T10:00:00.000Z",
  updatedAt: "2026-04-02T10:00:01.000Z",
  availableActions: [],
  ...part,
});
const names = new Map([["acc_1", "+Jane, Inc."]]);
const limited = new CombinedError({
  graphQLErrors: [{ message: "too many", extensions: { code: "RATE_LIMITED", retryAfter: 7 } }],
});
const refused = new CombinedError({
  graphQLErrors: [{ message: "no", extensions: { code: "FORBIDDEN" } }],
});

/** A server with these responses, one after the other; an error or a page of so many tasks. */
function client(responses: (CombinedError | number)[]) {
  const cursors: (string | null)[] = [];
  const query = (_: unknown, { after }: { after: string | null }) => ({
    toPromise: async () => {
      cursors.push(after);
      const response = responses.shift();
      if (response instanceof CombinedError) return { error: response };
      const nodes = Array.from({ length: response ?? 0 }, (_, index) => task(index));
      const pageInfo = { hasNextPage: responses.length > 0, endCursor: `after ${cursors.length}` };
      return { data: { tasks: { nodes, pageInfo } } };
    },
  });
  return { client: { query } as unknown as Client, cursors };
}

function started(responses: (CombinedError | number)[]) {
  const server = client(responses);
  const progress: number[] = [];
  const controller = new AbortController();
  const result = exportTasks(server.client, {
    filter: {},
    accountNames: names,
    onProgress: (count) => progress.push(count),
    signal: controller.signal,
  });
  return { ...server, result, progress, controller };
}

test("every page becomes lines, under one line of column names", async () => {
  const { result, progress, cursors } = started([100, 100, 1]);
  const exported = await result;
  expect(exported?.count).toBe(201);
  const lines = exported?.csv?.join("").split("\r\n") ?? [];
  expect(lines).toHaveLength(203);
  expect(lines[0]).toMatch(/^id,status,action_type,profile_url,message,/);
  expect(progress).toEqual([100, 200, 201]);
  expect(cursors).toEqual([null, "after 1", "after 2"]);
});

test("what people wrote is quoted, and never run as a formula", () => {
  expect(taskLine(task(1), names)).toBe(
    'task_1,failed,connect,https://linkedin.com/in/jane,"\'=cmd|""x""",acc_1,"\'+Jane, Inc.",-2,1,' +
      "gone: Not there.,false,,2026-04-02T10:00:00.000Z,2026-04-02T10:00:01.000Z\r\n",
  );
});

test("a page that the rate limit refuses is read again after the wait", async () => {
  const { result, cursors } = started([100, limited, 3]);
  await vi.advanceTimersByTimeAsync(6_900);
  expect(cursors).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(200);
  expect((await result)?.count).toBe(103);
  expect(cursors).toEqual([null, "after 1", "after 1"]);
});

test("an error ends the export and is returned", async () => {
  expect((await started([100, refused]).result)?.error?.code).toBe("FORBIDDEN");
});

test("a cancelled export reads no further page, also while it waits", async () => {
  const { result, controller, cursors } = started([100, limited, 3]);
  await vi.advanceTimersByTimeAsync(1_000);
  controller.abort();
  expect(await result).toBeNull();
  expect(cursors).toHaveLength(2);
});
