import type { Client } from "urql";
import { type ApiError, toApiError } from "../../graphql/apiError";
import { type Task, TaskPageQuery } from "./documents";
import { hasWantedStatus, type TaskFilter } from "./taskFilter";
import { type TaskList, withChanges, withOlder } from "./taskList";

// A screenful soon, then as many as the server gives.
const FIRST_PAGE_SIZE = 50;
const OLDER_PAGE_SIZE = 100;
const MAX_REFRESHED_PAGES = 20;

/** What a request brought; the error is null when all went well. */
export interface ReadResult<Data> {
  data: Data | null;
  error: ApiError | null;
}

interface Page {
  tasks: Task[];
  hasOlder: boolean;
}

/** Reads the list of tasks page by page. A newer request overtakes those that are under way. */
export class TaskListReader {
  /** How many pages the list has. */
  pages: number;
  private readonly client: Client;
  private cursor: string | null = null;
  private latestRequest = 0;
  private openRequests = 0;
  private isRefreshing = false;
  private changesSinceRequest = new Map<string, Task>();

  constructor(client: Client, pages: number) {
    this.client = client;
    this.pages = pages;
  }

  /** Notes a change that may be newer than the response under way. */
  noteChange(task: Task): void {
    if (this.openRequests > 0) this.changesSinceRequest.set(task.id, task);
  }

  /** As many pages as the list has, from its top; null when it was overtaken. */
  async refresh(filter: TaskFilter): Promise<ReadResult<TaskList<Task>> | null> {
    this.isRefreshing = true;
    this.changesSinceRequest = new Map();
    this.pages = Math.min(this.pages, MAX_REFRESHED_PAGES);
    let list: TaskList<Task> = { tasks: [], hasOlder: true };
    for (let count = 0; count < this.pages && list.hasOlder; count++) {
      const result = await this.read(filter, count === 0 ? null : this.cursor);
      if (!result) return null;
      if (!result.data) {
        this.isRefreshing = false;
        return { data: null, error: result.error };
      }
      list = withOlder(list, result.data.tasks, result.data.hasOlder);
    }
    this.isRefreshing = false;
    const changes = this.changesSinceRequest.values();
    return { data: withChanges(list, changes, hasWantedStatus(filter)), error: null };
  }

  /** The next older page; null when a refresh is under way or has overtaken it. */
  async readOlder(filter: TaskFilter): Promise<ReadResult<Page> | null> {
    if (this.isRefreshing) return null;
    this.changesSinceRequest = new Map();
    const result = await this.read(filter, this.cursor);
    if (!result?.data) return result;
    this.pages += 1;
    const tasks = result.data.tasks
      .map((task) => newer(task, this.changesSinceRequest.get(task.id)))
      .filter(hasWantedStatus(filter));
    return { data: { ...result.data, tasks }, error: null };
  }

  /** Ignores the responses of every request under way. */
  overtake(): void {
    this.latestRequest += 1;
  }

  private async read(filter: TaskFilter, after: string | null): Promise<ReadResult<Page> | null> {
    this.latestRequest += 1;
    const request = this.latestRequest;
    const first = after ? OLDER_PAGE_SIZE : FIRST_PAGE_SIZE;
    this.openRequests += 1;
    const { data, error } = await this.client
      .query(TaskPageQuery, { filter, first, after }, { requestPolicy: "network-only" })
      .toPromise();
    this.openRequests -= 1;
    if (request !== this.latestRequest) return null;
    if (!data) return { data: null, error: error ? toApiError(error) : null };
    const { nodes, pageInfo } = data.tasks;
    this.cursor = pageInfo.endCursor;
    return { data: { tasks: nodes, hasOlder: pageInfo.hasNextPage }, error: null };
  }
}

const newer = (one: Task, other: Task | undefined): Task =>
  other && other.updatedAt > one.updatedAt ? other : one;
