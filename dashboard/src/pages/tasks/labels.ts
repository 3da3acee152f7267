import type { Tone } from "../../components/Badge";
import { enumLabel } from "../../components/enumLabel";
import type { FragmentOf } from "../../graphql/graphql";
import type { TaskRow } from "./documents";

type Row = FragmentOf<typeof TaskRow>;
export type ActionType = Row["actionType"];
export type TaskStatus = Row["status"];

/** Every action; the compiler says when the schema has another. */
export const actionTypes = Object.keys({
  CONNECT: true,
  MESSAGE: true,
  FOLLOW: true,
  VIEW_PROFILE: true,
  WITHDRAW_CONNECTION: true,
} satisfies Record<ActionType, true>) as ActionType[];

const statusTones: Record<TaskStatus, Tone> = {
  PENDING: "calm",
  QUEUED: "info",
  PROCESSING: "busy",
  COMPLETED: "good",
  FAILED: "bad",
  CANCELLED: "warn",
};

/** Every status, in the order of a task's life. */
export const taskStatuses = Object.keys(statusTones) as TaskStatus[];

export const statusTone = (status: TaskStatus): Tone => statusTones[status] ?? "calm";

/** For a select: every action, by name. */
export const actionChoices = actionTypes.map((value) => ({ value, label: enumLabel(value) }));

/**
 * The maximum length of a message in characters, for the actions that have one: for a counter while
 * it is written. The server checks it, and a test compares.
 */
export const messageLengths: Partial<Record<ActionType, number>> = { CONNECT: 300, MESSAGE: 8_000 };
