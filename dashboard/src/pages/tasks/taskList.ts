/** What the list needs to know of a task; the rest is its row's business. */
export interface Listed {
  id: string;
  status: string;
  createdAt: string;
  updatedAt: string;
}

/** A stretch of the workspace's tasks, newest first, and whether older ones follow. */
export interface TaskList<Task extends Listed> {
  tasks: readonly Task[];
  hasOlder: boolean;
}

/**
 * The list after these changes. A changed task takes its place; one that no longer passes goes; a
 * new one comes in where it belongs, unless that is beyond what was loaded: there it will be found.
 */
export function withChanges<Task extends Listed>(
  list: TaskList<Task>,
  changes: Iterable<Task>,
  passes: (task: Task) => boolean,
): TaskList<Task> {
  const tasks = [...list.tasks];
  for (const change of changes) {
    const start = firstNotNewer(tasks, change.createdAt);
    const known = indexOfId(tasks, change, start);
    if (known === -1) {
      const isBeyond = start === tasks.length && list.hasOlder;
      if (passes(change) && !isBeyond) tasks.splice(start, 0, change);
    } else if (!passes(change)) {
      tasks.splice(known, 1);
    } else if (change.updatedAt >= (tasks[known] as Task).updatedAt) {
      tasks[known] = change;
    }
  }
  return { ...list, tasks };
}

/** The list with the next older page, without repeating what a shift of the pages brought twice. */
export function withOlder<Task extends Listed>(
  list: TaskList<Task>,
  page: readonly Task[],
  hasOlder: boolean,
): TaskList<Task> {
  const known = new Set(list.tasks.map((task) => task.id));
  return { tasks: [...list.tasks, ...page.filter((task) => !known.has(task.id))], hasOlder };
}

/** Times are all written alike, so that they compare as text. */
function firstNotNewer(tasks: readonly Listed[], createdAt: string): number {
  let low = 0;
  let high = tasks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tasks[middle] as Listed).createdAt > createdAt) low = middle + 1;
    else high = middle;
  }
  return low;
}

function indexOfId(tasks: readonly Listed[], wanted: Listed, start: number): number {
  for (let index = start; tasks[index]?.createdAt === wanted.createdAt; index++) {
    if (tasks[index]?.id === wanted.id) return index;
  }
  return -1;
}
