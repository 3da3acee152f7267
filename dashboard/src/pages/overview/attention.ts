import type { Overview } from "./documents";

type Item = Overview["attention"][number];

/** Whoever is there to act with: accounts that were disconnected and agents revoked are history. */
export const connectedAccounts = ({ usage }: Overview) =>
  usage.accounts.filter(({ linkedinAccount }) => linkedinAccount.status !== "DISCONNECTED");
export const workingAgents = ({ agents }: Overview) =>
  agents.filter(({ revokedAt }) => revokedAt === null);

/** Where to see, and mend, what an item is about. Codes that are new to this page lead nowhere yet. */
export function linkFor({ code, subjectId }: Item): string | null {
  return places[code]?.(subjectId ?? "") ?? null;
}

const places: Record<Item["code"], (subjectId: string) => string> = {
  WEBHOOK_FAILING: (id) => `/webhooks/${id}`,
  WEBHOOK_DISABLED: (id) => `/webhooks/${id}`,
  SUBSCRIPTION_ENDED: () => "/settings",
  SUBSCRIPTION_ENDING: () => "/settings",
  NO_AGENT: () => "/agents",
  ACCOUNT_PAUSED_WITH_TASKS: () => "/accounts",
  ACCOUNT_LIMIT: () => "/accounts",
  DAILY_LIMIT: () => "/accounts",
  TASK_UNSETTLED: (id) => (id ? `/tasks/${id}` : "/tasks"),
};
