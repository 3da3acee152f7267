import type { Overview } from "./documents";

type Item = Overview["attention"][number];

/** Accounts that tasks can use: not the disconnected ones. */
export const connectedAccounts = ({ usage }: Overview) =>
  usage.accounts.filter(({ linkedinAccount }) => linkedinAccount.status !== "DISCONNECTED");

/** Agents that can run tasks: not the revoked ones. */
export const usableAgents = ({ agents }: Overview) =>
  agents.filter(({ revokedAt }) => revokedAt === null);

/** The page on which an item can be looked at and repaired; null for codes new to this page. */
export function linkFor({ code, subjectId }: Item): string | null {
  return links[code]?.(subjectId ?? "") ?? null;
}

/** The URL of the webhook that an item is about; null for an item about something else. */
export function webhookOf({ webhooks }: Overview, { code, subjectId }: Item): string | null {
  if (!code.startsWith("WEBHOOK_")) return null;
  return webhooks.find(({ id }) => String(id) === subjectId)?.url ?? null;
}

const links: Record<Item["code"], (subjectId: string) => string> = {
  WEBHOOK_FAILING: (id) => `/webhooks/${id}`,
  WEBHOOK_DISABLED: (id) => `/webhooks/${id}`,
  SUBSCRIPTION_ENDED: () => "/settings",
  SUBSCRIPTION_ENDING: () => "/settings",
  NO_AGENT: () => "/agents",
  ACCOUNT_PAUSED_WITH_TASKS: (id) => (id ? `/accounts/${id}` : "/accounts"),
  ACCOUNT_LIMIT: () => "/accounts",
  DAILY_LIMIT: (id) => (id ? `/accounts/${id}` : "/accounts"),
  TASK_UNSETTLED: (id) => (id ? `/tasks/${id}` : "/tasks"),
};
