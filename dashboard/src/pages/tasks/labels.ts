import type { Tone } from "../../components/Badge";
import type { FragmentOf } from "../../graphql/graphql";
import type { TaskRow } from "./documents";

type Row = FragmentOf<typeof TaskRow>;
export type ActionType = Row["actionType"];
export type TaskStatus = Row["status"];

export const actionLabels: Record<ActionType, string> = {
  CONNECT: "Connect",
  MESSAGE: "Message",
  FOLLOW: "Follow",
  VIEW_PROFILE: "View profile",
  WITHDRAW_CONNECTION: "Withdraw connection",
};

export const statusLabels: Record<TaskStatus, string> = {
  PENDING: "Pending",
  QUEUED: "Queued",
  PROCESSING: "Processing",
  COMPLETED: "Completed",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
};

export const statusTones: Record<TaskStatus, Tone> = {
  PENDING: "calm",
  QUEUED: "info",
  PROCESSING: "busy",
  COMPLETED: "good",
  FAILED: "bad",
  CANCELLED: "warn",
};

/**
 * How long a message may be, in characters, for the actions that take one: for a counter while it is
 * written. The server checks, and a test compares.
 */
export const messageLengths: Partial<Record<ActionType, number>> = { CONNECT: 300, MESSAGE: 8_000 };

interface Payload {
  profile_url: string;
  message?: string;
}

/** A task's payload, which the API has checked before it was kept. */
export const payloadOf = (payload: unknown): Payload => payload as Payload;

/** The profile as people know it: `jane-doe` of `https://linkedin.com/in/jane-doe/?x=1`. */
export function profileName(payload: unknown): string {
  const { profile_url } = payloadOf(payload);
  const slug = /\/in\/([^/?#]+)/i.exec(profile_url)?.[1];
  if (!slug) return profile_url;
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}
