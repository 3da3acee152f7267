import { enumLabel } from "./enumLabel";

/** The first reason of many tasks, in a few words; the server's sentence says more of one task. */
const labels = {
  SUBSCRIPTION_ENDED: "The subscription ended",
  ACCOUNT_PAUSED: "The account is paused",
  HELD: "Held",
  SCHEDULED: "Scheduled for later",
  BACKOFF: "Waiting for a retry",
  COOLDOWN: "LinkedIn takes no new invitation yet",
  OUTSIDE_HOURS: "Outside the account's hours",
  GAP: "Gap between two actions",
  DAY_LIMIT: "The limit of 24 hours is used up",
  WEEK_LIMIT: "The limit of 7 days is used up",
  PROVIDER_LIMIT: "Stopped by LinkedIn",
  ACCOUNT_BUSY: "The account runs another task",
  NO_AGENT: "No agent serves the account",
  AGENT_OFFLINE: "The agent is offline",
  BEHIND: "Other tasks go first",
  READY: "Ready to run",
};

export type WaitingCode = keyof typeof labels;

/** A code in words; one that is newer than this page by its own name. */
export const waitingLabel = (code: WaitingCode): string => labels[code] ?? enumLabel(code);
