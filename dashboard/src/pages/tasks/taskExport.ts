import type { Client } from "urql";
import { csvLine } from "../../components/csv";
import { type ApiError, toApiError } from "../../graphql/apiError";
import { type Task, TaskPageQuery } from "./documents";
import { payloadOf, resultOf } from "./taskContent";
import type { TaskFilter } from "./taskFilter";

const PAGE_SIZE = 100;

const columns = [
  "id",
  "status",
  "action_type",
  "profile_url",
  "message",
  "linkedin_account_id",
  "linkedin_account",
  "priority",
  "attempts",
  "error",
  "dry_run",
  "scheduled_at",
  "created_at",
  "updated_at",
];

export interface ExportOptions {
  filter: TaskFilter;
  accountNames: ReadonlyMap<string, string>;
  /** Called after each page with the number of tasks so far. */
  onProgress: (count: number) => void;
  signal: AbortSignal;
}

/** Lines of CSV with the number of tasks in them, or the error that ended the export. */
export type ExportResult =
  | { csv: string[]; count: number; error?: undefined }
  | { csv?: undefined; count?: undefined; error: ApiError };

/**
 * Every task that passes the filter, newest first, read page by page. Waits when the rate limit asks
 * for it. Returns null when `signal` has cancelled it.
 */
export async function exportTasks(
  client: Client,
  { filter, accountNames, onProgress, signal }: ExportOptions,
): Promise<ExportResult | null> {
  const csv = [csvLine(columns)];
  let count = 0;
  let after: string | null = null;
  while (!signal.aborted) {
    const { data, error } = await readPage(client, filter, after);
    if (signal.aborted) break;
    if (error?.retryAfterSeconds !== undefined) {
      await wait(error.retryAfterSeconds * 1_000, signal);
      continue;
    }
    if (error) return { error };
    const { nodes, pageInfo } = data.tasks;
    csv.push(nodes.map((task) => taskLine(task, accountNames)).join(""));
    count += nodes.length;
    onProgress(count);
    if (!pageInfo.hasNextPage) return { csv, count };
    after = pageInfo.endCursor;
  }
  return null;
}

/** A task as a line of CSV, in the order of the columns. */
export function taskLine(task: Task, accountNames: ReadonlyMap<string, string>): string {
  const { profile_url, message } = payloadOf(task.payload);
  const { error, isDryRun } = resultOf(task.result);
  return csvLine([
    task.id,
    task.status.toLowerCase(),
    task.actionType.toLowerCase(),
    profile_url,
    message ?? null,
    task.linkedinAccountId,
    accountNames.get(task.linkedinAccountId) ?? null,
    task.priority,
    task.attemptCount,
    error,
    isDryRun,
    task.scheduledAt,
    task.createdAt,
    task.updatedAt,
  ]);
}

async function readPage(client: Client, filter: TaskFilter, after: string | null) {
  const { data, error } = await client
    .query(TaskPageQuery, { filter, first: PAGE_SIZE, after }, { requestPolicy: "network-only" })
    .toPromise();
  if (data && !error) return { data };
  return { error: toApiError(error) };
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
