import { MantineProvider } from "@mantine/core";
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { Client, CombinedError, type Exchange, type Operation, Provider } from "urql";
import { afterEach, expect, test } from "vitest";
import { filter, fromPromise, mergeMap, pipe } from "wonka";
import { useRetry } from "./useRetry";

afterEach(cleanup);

/** A server with one failed task; `mayBeRetried` with a confirmation, that is. */
function retrying({ isUnknown = false, mayBeRetried = true } = {}) {
  const asked: boolean[] = [];
  const answer = async (operation: Operation) => {
    await Promise.resolve();
    const result = { operation, stale: false, hasNext: false };
    if (operation.kind === "query") {
      const availableActions = mayBeRetried ? ["RETRY"] : [];
      return { ...result, data: { task: { id: "task_1", availableActions } } };
    }
    const { confirmUnknown } = operation.variables as { confirmUnknown: boolean };
    asked.push(confirmUnknown);
    if (mayBeRetried && (confirmUnknown || !isUnknown)) {
      return { ...result, data: { retryTask: { task: { id: "task_2" } } } };
    }
    const conflict = { message: "the outcome is unknown", extensions: { code: "CONFLICT" } };
    return { ...result, error: new CombinedError({ graphQLErrors: [conflict] }) };
  };
  const exchange: Exchange = () => (operations) =>
    pipe(
      operations,
      filter(({ kind }) => kind !== "teardown"),
      mergeMap((operation) => fromPromise(answer(operation))),
    );
  const client = new Client({ url: "/graphql", exchanges: [exchange], preferGetMethod: false });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MantineProvider>
      <Provider value={client}>{children}</Provider>
    </MantineProvider>
  );
  const { result } = renderHook(useRetry, { wrapper });
  return { result, asked };
}

test("a double click retries once", async () => {
  const { result, asked } = retrying();
  await act(() => Promise.all([result.current.retry("task_1"), result.current.retry("task_1")]));
  expect(asked).toEqual([false]);
  expect(result.current.unconfirmed).toBeNull();
});

test("a task whose outcome is unknown waits for a confirmation", async () => {
  const { result, asked } = retrying({ isUnknown: true });
  await act(() => result.current.retry("task_1"));
  expect(result.current.unconfirmed).toBe("task_1");
  expect(asked).toEqual([false]);

  await act(() => result.current.confirm());
  expect(asked).toEqual([false, true]);
});

test("a refusal that no confirmation would change asks nothing", async () => {
  const { result } = retrying({ isUnknown: true, mayBeRetried: false });
  await act(() => result.current.retry("task_1"));
  expect(result.current.unconfirmed).toBeNull();
});
