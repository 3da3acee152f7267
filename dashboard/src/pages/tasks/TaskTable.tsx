import { Loader } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { Task } from "./documents";
import { NewTasksButton } from "./NewTasksButton";
import { TableHead } from "./TableHead";
import classes from "./TaskTable.module.css";
import { ROW_PX, type RowActions, TaskTableRow } from "./TaskTableRow";
import type { TaskFilter } from "./taskFilter";
import { useScrollAnchor } from "./useScrollAnchor";
import { useTableTop } from "./useTableTop";
import { useWaitingReasons } from "./useWaitingReasons";

const ROWS_AHEAD = 20;

interface Props {
  tasks: readonly Task[];
  /** Which tasks they are. */
  filter: TaskFilter;
  accountNames: ReadonlyMap<string, string>;
  actions: RowActions;
  isLoadingOlder: boolean;
  onNearEnd: () => void;
  /** Whether the pointer is on a row's buttons: rows must not move then. */
  onPointAtButton: (isPointing: boolean) => void;
}

/** The rows in view, of however many tasks. They keep their places when others come and go. */
export function TaskTable(props: Props) {
  const { tasks, onNearEnd, onPointAtButton } = props;
  const table = useRef<HTMLTableElement>(null);
  const tableTop = useTableTop(table);
  const virtual = useWindowVirtualizer({
    count: tasks.length,
    estimateSize: () => ROW_PX,
    overscan: 8,
    scrollMargin: tableTop,
    getItemKey: (index) => tasks[index]?.id ?? index,
  });
  const newAbove = useScrollAnchor(tasks, tableTop);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  const reasons = useWaitingReasons(tasks, first, last, props.filter);
  useEffect(() => {
    if (last >= tasks.length - ROWS_AHEAD) onNearEnd();
  }, [last, tasks.length, onNearEnd]);

  return (
    <div className={classes.frame}>
      <NewTasksButton count={newAbove} />
      <table ref={table} className={classes.table} aria-rowcount={tasks.length + 1}>
        <TableHead />
        <tbody
          onPointerOver={({ target }) => onPointAtButton(isButtonCell(target))}
          onPointerLeave={() => onPointAtButton(false)}
        >
          <Gap rows={first} />
          {tasks.slice(first, last + 1).map((task, offset) => (
            <TaskTableRow
              key={task.id}
              task={task}
              index={first + offset}
              reason={reasons.get(task.id)}
              accountName={props.accountNames.get(task.linkedinAccountId) ?? ""}
              actions={props.actions}
            />
          ))}
          <Gap rows={tasks.length - last - 1} />
        </tbody>
      </table>
      <p className={classes.printNote}>
        Only the rows on the screen are printed. For all tasks, export the list as CSV.
      </p>
      <div className={classes.foot} role="status">
        {props.isLoadingOlder && <Loader type="dots" size="sm" aria-label="Loading older tasks" />}
      </div>
    </div>
  );
}

/** The cell with a row's buttons, so that rows stop a little before the pointer is on a button. */
function isButtonCell(target: EventTarget): boolean {
  return (
    target instanceof Element && target.closest(`.${classes.row} .${classes.actions}`) !== null
  );
}

function Gap({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden className={classes.gapRow}>
      <td className={classes.gap} style={{ height: rows * ROW_PX }} />
    </tr>
  );
}
