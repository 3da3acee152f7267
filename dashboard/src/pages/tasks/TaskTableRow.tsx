import { IconBan, IconRepeat } from "@tabler/icons-react";
import { memo } from "react";
import { Link } from "wouter";
import { Badge } from "../../components/Badge";
import { Countdown } from "../../components/Countdown";
import { enumLabel } from "../../components/enumLabel";
import { RelativeTime } from "../../components/RelativeTime";
import type { Task, WaitingReason } from "./documents";
import { TaskStatusBadge } from "./TaskStatusBadge";
import classes from "./TaskTable.module.css";
import { payloadOf, profileName, resultOf } from "./taskContent";

export const ROW_PX = 56;

export interface RowActions {
  cancel: (id: string) => void;
  retry: (id: string) => void;
}

interface Props {
  task: Task;
  index: number;
  /** Why it waits; undefined when it doesn't, or before that is known. */
  reason: WaitingReason | undefined;
  accountName: string;
  actions: RowActions;
}

/** A task in a line; the whole line leads to its page. */
export const TaskTableRow = memo(function TaskTableRow(props: Props) {
  const { task } = props;
  const name = profileName(task.payload);
  return (
    <tr className={classes.row} aria-rowindex={props.index + 2}>
      <td className={classes.status}>
        <span className={classes.badges}>
          <TaskStatusBadge status={task.status} scheduledAt={task.scheduledAt} />
          {resultOf(task.result).isDryRun && <Badge tone="warn">Dry run</Badge>}
        </span>
      </td>
      <td>
        <Link href={`/tasks/${task.id}`} className={classes.link} dir="auto">
          {name}
        </Link>
        <TaskDescription {...props} />
      </td>
      <td className={classes.account} title={props.accountName} dir="auto">
        {props.accountName}
      </td>
      <td className={classes.attempts}>{task.attemptCount}</td>
      <td className={classes.created}>
        <RelativeTime at={task.createdAt} />
      </td>
      <td className={classes.changed}>
        <RelativeTime at={task.updatedAt} />
      </td>
      <td className={classes.actions}>
        <RowButtons task={task} name={name} actions={props.actions} />
      </td>
    </tr>
  );
});

/** The action, then why it failed or waits, or what is sent; on a phone also account and time. */
function TaskDescription({ task, accountName, reason }: Props) {
  const { error } = resultOf(task.result);
  const { message } = payloadOf(task.payload);
  const waits = task.status === "PENDING" && reason;
  return (
    <>
      <span className={classes.what}>
        {enumLabel(task.actionType)}
        {error && (
          <span className={classes.error} title={error}>
            {" · "}
            <bdi>{error}</bdi>
          </span>
        )}
        {waits && (
          <>
            {" · "}
            <Waiting reason={waits} />
          </>
        )}
        {!error && !waits && message && (
          <>
            {" · "}
            <bdi>{message.slice(0, 200)}</bdi>
          </>
        )}
      </span>
      <span className={classes.onPhone}>
        {error ? <bdi className={classes.error}>{error}</bdi> : enumLabel(task.actionType)}
        {" · "}
        {waits && (
          <>
            <Waiting reason={waits} />
            {" · "}
          </>
        )}
        <RelativeTime at={task.updatedAt} />
        {" · "}
        <bdi>{accountName}</bdi>
      </span>
    </>
  );
}

/** The time first, which counts down; the sentence may be cut. */
function Waiting({ reason: { message, until } }: { reason: WaitingReason }) {
  return (
    <span title={message}>
      {until && (
        <>
          <Countdown until={until} />
          {": "}
        </>
      )}
      <bdi>{message}</bdi>
    </span>
  );
}

// Plain buttons: hundreds of rows come into view in a second of scrolling.
function RowButtons(props: { task: Task; name: string; actions: RowActions }) {
  const { task, name, actions } = props;
  const buttons = {
    CANCEL: { Icon: IconBan, run: actions.cancel },
    RETRY: { Icon: IconRepeat, run: actions.retry },
  };
  return task.availableActions.map((action) => {
    const { Icon, run } = buttons[action] ?? {};
    if (!Icon || !run) return null;
    return (
      <button
        key={action}
        type="button"
        aria-label={`${enumLabel(action)} the task for ${name}`}
        onClick={() => run(task.id)}
      >
        <Icon size={16} aria-hidden />
        <span>{enumLabel(action)}</span>
      </button>
    );
  });
}
