import { notifications } from "@mantine/notifications";
import { useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { exportTasks } from "./taskExport";
import type { TaskFilter } from "./taskFilter";

/** Spreadsheets take a file without it for one in an old encoding. */
const BYTE_ORDER_MARK = "\uFEFF";
const KEPT_MS = 60_000;

export interface TaskExport {
  /** The number of tasks that were read so far; null while no export is running. */
  count: number | null;
  start: () => Promise<void>;
  cancel: () => void;
}

/** Downloads the tasks that pass the filter as a CSV file. Leaving the page cancels it. */
export function useTaskExport(
  filter: TaskFilter,
  accountNames: ReadonlyMap<string, string>,
): TaskExport {
  const client = useClient();
  const [count, setCount] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  const cancel = () => {
    running.current?.abort();
    running.current = null;
    setCount(null);
  };
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    if (running.current) return;
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setCount(0);
    const result = await exportTasks(client, {
      filter,
      accountNames,
      onProgress: setCount,
      signal,
    });
    if (signal.aborted || !result) return;
    running.current = null;
    setCount(null);
    if (result.error) {
      notifications.show({ color: "red", message: result.error.message });
      return;
    }
    download(new Blob([BYTE_ORDER_MARK, ...result.csv], { type: "text/csv;charset=utf-8" }));
    notifications.show({ message: `Exported ${exportedTasks(result.count)}.` });
  };
  return { count, start, cancel };
}

const exportedTasks = (count: number): string =>
  count === 1 ? "1 task" : `${count.toLocaleString("en")} tasks`;

function download(file: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `tasks-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
