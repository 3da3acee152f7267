import type { Overview } from "./documents";

/** From here on a quota is worth a word. */
const NEAR_ITS_LIMIT = 0.8;

export interface Concern {
  id: string;
  isUrgent: boolean;
  title: string;
  advice: string;
  href: string;
}

/** Whoever is there to act with: accounts that were disconnected and agents revoked are history. */
export const connectedAccounts = ({ usage }: Overview) =>
  usage.accounts.filter(({ linkedinAccount }) => linkedinAccount.status !== "DISCONNECTED");
export const workingAgents = ({ agents }: Overview) =>
  agents.filter(({ revokedAt }) => revokedAt === null);

/** What a person should look at, the most urgent first. */
export function concernsOf(overview: Overview): Concern[] {
  return [...stoppedWork(overview), ...stoppedWebhooks(overview), ...fullAccounts(overview)].sort(
    (one, other) => Number(other.isUrgent) - Number(one.isUrgent),
  );
}

function stoppedWork(overview: Overview): Concern[] {
  const waiting = overview.pending.totalCount + overview.queued.totalCount;
  if (waiting === 0 || workingAgents(overview).some(({ online }) => online)) return [];
  return [
    {
      id: "agents",
      isUrgent: true,
      title: `${waiting.toLocaleString("en")} ${waiting === 1 ? "task waits" : "tasks wait"}, and no agent is online`,
      advice: "Start the desktop app where you are signed in to LinkedIn.",
      href: "/agents",
    },
  ];
}

function stoppedWebhooks({ webhooks }: Overview): Concern[] {
  return webhooks
    .filter(({ enabled }) => !enabled)
    .map(({ id, url, disabledReason }) => ({
      id: `webhook ${id}`,
      isUrgent: true,
      title: `The webhook to ${new URL(url).host} is off`,
      advice: disabledReason ?? "It is told nothing until it is switched on again.",
      href: `/webhooks/${id}`,
    }));
}

function fullAccounts(overview: Overview): Concern[] {
  return connectedAccounts(overview)
    .filter(({ createdToday, dailyTaskLimit }) => createdToday >= dailyTaskLimit * NEAR_ITS_LIMIT)
    .map(({ linkedinAccount: { id, name }, createdToday, dailyTaskLimit }) => {
      const isFull = createdToday >= dailyTaskLimit;
      return {
        id: `account ${id}`,
        isUrgent: isFull,
        title: `${name} has ${isFull ? "used up" : "nearly used up"} the day's tasks`,
        advice: `${createdToday} of ${dailyTaskLimit}; the count begins anew at midnight UTC.`,
        href: "/accounts",
      };
    });
}
