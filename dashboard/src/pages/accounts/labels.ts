import type { Tone } from "../../components/Badge";
import { enumLabel } from "../../components/enumLabel";
import type { AccountDetails, Limit } from "./documents";

type Status = AccountDetails["status"];
type LockCode = AccountDetails["locks"][number]["code"];
export type Weekday = AccountDetails["pacing"]["hours"][number]["weekday"];

const statusLabels: Record<Status, { tone: Tone; label: string }> = {
  ACTIVE: { tone: "good", label: "Active" },
  PAUSED: { tone: "warn", label: "Paused" },
  DISCONNECTED: { tone: "calm", label: "Disconnected" },
};

export const statusLabel = (status: Status): { tone: Tone; label: string } =>
  statusLabels[status] ?? { tone: "calm", label: enumLabel(status) };

const lockLabels: Record<LockCode, string> = {
  WEEKLY_INVITATIONS: "The weekly number of invitations is used up",
  NOTE_QUOTA: "The monthly number of invitations with a note is used up",
  TOO_MANY: "Too many actions in a short time",
  RESTRICTED: "The account is restricted",
  SIGNED_OUT: "The account is signed out",
  CHECKPOINT: "LinkedIn asks for a verification",
};

export const lockLabel = (code: LockCode): string => lockLabels[code] ?? enumLabel(code);

/** What a limit or a stop is about; null is every kind of action. */
export const actionLabel = (actionType: Limit["actionType"]): string =>
  actionType ? enumLabel(actionType) : "All actions together";

/** Every day, Monday first; the compiler says when the schema has another. */
export const weekdays = Object.keys({
  MONDAY: true,
  TUESDAY: true,
  WEDNESDAY: true,
  THURSDAY: true,
  FRIDAY: true,
  SATURDAY: true,
  SUNDAY: true,
} satisfies Record<Weekday, true>) as Weekday[];
