import { connectedAccounts, usableAgents } from "./attentionLinks";
import type { Overview } from "./documents";

export interface FirstStep {
  title: string;
  advice: string;
  href: string;
  isDone: boolean;
}

/** What it takes to see a first task run. */
export function firstSteps(overview: Overview): FirstStep[] {
  return [
    {
      title: "Connect a LinkedIn account",
      advice: "Your tasks run as this account.",
      href: "/accounts",
      isDone: connectedAccounts(overview).length > 0,
    },
    {
      title: "Start the agent",
      advice: "It runs where you are signed in to LinkedIn, and looks for tasks by itself.",
      href: "/agents",
      isDone: usableAgents(overview).some(({ lastSeenAt }) => lastSeenAt !== null),
    },
    {
      title: "Create an API key",
      advice: "For your program. You see it once.",
      href: "/keys",
      isDone: overview.apiKeys.some(({ revokedAt }) => revokedAt === null),
    },
    {
      title: "Create the first task",
      advice: "With the key, or here.",
      href: "/tasks",
      isDone: overview.firstTask.nodes.length > 0,
    },
  ];
}
