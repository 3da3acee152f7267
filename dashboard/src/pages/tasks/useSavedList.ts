import { useEffect, useRef, useState } from "react";
import { type Client, useClient } from "urql";
import { cameFromHistory } from "../../shell/navigationType";
import type { Task } from "./documents";
import type { TaskList } from "./taskList";

/** The list as it was when the reader left it. */
interface SavedList {
  key: string;
  list: TaskList<Task>;
  pages: number;
}
const saved = new WeakMap<Client, SavedList>();

/** Keeps the list of a filter for a reader who comes back with the browser's Back button. */
export function useSavedList(key: string): {
  restored: SavedList | undefined;
  /** Called in each render with what is shown. */
  save: (list: TaskList<Task> | undefined, pages: number) => void;
} {
  const client = useClient();
  const [restored] = useState(() => {
    const known = saved.get(client);
    return cameFromHistory() && known?.key === key ? known : undefined;
  });
  const latest = useRef<SavedList | null>(null);
  useEffect(
    () => () => {
      if (latest.current) saved.set(client, { ...latest.current, key });
    },
    [client, key],
  );
  const save = (list: TaskList<Task> | undefined, pages: number) => {
    latest.current = list ? { key, list, pages } : null;
  };
  return { restored, save };
}
