import { Button, Loader, VisuallyHidden } from "@mantine/core";
import { IconArrowUp, IconBan, IconRepeat } from "@tabler/icons-react";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { RelativeTime } from "../../components/RelativeTime";
import { actionLabels, payloadOf, profileName } from "./labels";
import { TaskStatusBadge } from "./TaskStatusBadge";
import classes from "./TaskTable.module.css";
import type { Task } from "./useTaskList";

const ROW_PX = 56;
const ROWS_AHEAD = 20;

export interface RowActions {
  cancel: (id: string) => void;
  retry: (id: string) => void;
}

// Plain buttons: hundreds of rows come into view in a second of scrolling.
const doing = {
  CANCEL: {
    word: "Cancel",
    Icon: IconBan,
    run: (actions: RowActions, id: string) => actions.cancel(id),
  },
  RETRY: {
    word: "Retry",
    Icon: IconRepeat,
    run: (actions: RowActions, id: string) => actions.retry(id),
  },
};

/** As many rows as can be seen, of however many tasks. Rows in view stay put when others come and go. */
export function TaskTable(props: {
  tasks: readonly Task[];
  accountNames: ReadonlyMap<string, string>;
  actions: RowActions;
  isLoadingOlder: boolean;
  onNearEnd: () => void;
  /** Whether the reader is about to press a button of a row: rows must not move then. */
  onAim: (isAiming: boolean) => void;
}) {
  const { tasks, onNearEnd, onAim } = props;
  const table = useRef<HTMLTableElement>(null);
  const [tableTop, setTableTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (table.current) setTableTop(table.current.getBoundingClientRect().top + scrollY);
    };
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }, []);

  const virtual = useWindowVirtualizer({
    count: tasks.length,
    estimateSize: () => ROW_PX,
    overscan: 8,
    scrollMargin: tableTop,
    getItemKey: (index) => tasks[index]?.id ?? index,
  });
  const newAbove = useSteadyView(tasks, tableTop);

  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= tasks.length - ROWS_AHEAD) onNearEnd();
  }, [last, tasks.length, onNearEnd]);

  return (
    <div className={classes.frame}>
      {newAbove > 0 && (
        <div className={classes.pill}>
          <Button
            size="xs"
            radius="xl"
            leftSection={<IconArrowUp size={14} />}
            onClick={() => scrollTo({ top: 0, behavior: "instant" })}
          >
            {newAbove} new
          </Button>
        </div>
      )}
      <table ref={table} className={classes.table} aria-rowcount={tasks.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th className={classes.status}>Status</th>
            <th>Task</th>
            <th className={classes.account}>Account</th>
            <th className={classes.attempts}>Attempts</th>
            <th className={classes.created}>Created</th>
            <th className={classes.changed}>Changed</th>
            <th className={classes.doing}>
              <VisuallyHidden>Actions</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody
          onPointerOver={({ target }) => onAim(isRowButton(target))}
          onPointerLeave={() => onAim(false)}
        >
          <Gap rows={first} />
          {items.map(({ index }) => {
            const task = tasks[index];
            return (
              task && (
                <TaskTableRow
                  key={task.id}
                  task={task}
                  index={index}
                  accountName={props.accountNames.get(task.linkedinAccountId) ?? ""}
                  actions={props.actions}
                />
              )
            );
          })}
          <Gap rows={tasks.length - last - 1} />
        </tbody>
      </table>
      <div className={classes.foot} role="status">
        {props.isLoadingOlder && <Loader type="dots" size="sm" aria-label="Loading older tasks" />}
      </div>
    </div>
  );
}

/** The cell with a row's buttons, so that the hold begins a little before the button. */
function isRowButton(target: EventTarget): boolean {
  return target instanceof Element && target.closest(`.${classes.row} .${classes.doing}`) !== null;
}

function Gap({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden>
      <td className={classes.gap} style={{ height: rows * ROW_PX }} />
    </tr>
  );
}

const TaskTableRow = memo(function TaskTableRow(props: {
  task: Task;
  index: number;
  accountName: string;
  actions: RowActions;
}) {
  const { task, actions } = props;
  const name = profileName(task.payload);
  const { message } = payloadOf(task.payload);
  return (
    <tr className={classes.row} aria-rowindex={props.index + 2}>
      <td className={classes.status}>
        <TaskStatusBadge status={task.status} scheduledAt={task.scheduledAt} />
      </td>
      <td>
        <Link href={`/tasks/${task.id}`} className={classes.link}>
          {name}
        </Link>
        <span className={classes.what}>
          {actionLabels[task.actionType]}
          {message && ` · ${message}`}
        </span>
      </td>
      <td className={classes.account}>{props.accountName}</td>
      <td className={classes.attempts}>{task.attemptCount}</td>
      <td className={classes.created}>
        <RelativeTime at={task.createdAt} />
      </td>
      <td className={classes.changed}>
        <RelativeTime at={task.updatedAt} />
      </td>
      <td className={classes.doing}>
        {task.availableActions.map((action) => {
          const { word, Icon, run } = doing[action];
          return (
            <button
              key={action}
              type="button"
              aria-label={`${word} the task for ${name}`}
              onClick={() => run(actions, task.id)}
            >
              <Icon size={16} aria-hidden />
              <span>{word}</span>
            </button>
          );
        })}
      </td>
    </tr>
  );
});

/**
 * Keeps the first visible row where it is while rows come and go above it. Returns how many rows
 * have come in above since the reader left the top.
 */
function useSteadyView(tasks: readonly Task[], tableTop: number): number {
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
