import { useLayoutEffect, useRef } from "react";
import type { Task } from "./documents";
import { ROW_PX } from "./TaskTableRow";

/**
 * Keeps the first visible row in its place while rows come and go above it. Returns how many tasks
 * were added above since the reader left the top.
 */
export function useScrollAnchor(tasks: readonly Task[], tableTop: number): number {
  const before = useRef(tasks);
  const topSeen = useRef(tasks[0]?.id);
  const isAway = typeof scrollY === "number" && scrollY > tableTop;
  if (!isAway) topSeen.current = tasks[0]?.id;

  useLayoutEffect(() => {
    const old = before.current;
    before.current = tasks;
    if (old === tasks || scrollY <= tableTop) return;
    const index = Math.floor((scrollY - tableTop) / ROW_PX);
    for (const anchor of old.slice(index, index + 50)) {
      const moved = tasks.findIndex((task) => task.id === anchor.id);
      if (moved === -1) continue;
      const shift = moved - old.indexOf(anchor);
      if (shift !== 0) scrollBy({ top: shift * ROW_PX, behavior: "instant" });
      return;
    }
  }, [tasks, tableTop]);

  if (!isAway) return 0;
  return Math.max(
    0,
    tasks.findIndex((task) => task.id === topSeen.current),
  );
}
