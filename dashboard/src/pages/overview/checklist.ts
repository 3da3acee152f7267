import { connectedAccounts, workingAgents } from "./attention";
import type { Overview } from "./documents";

export interface FirstStep {
  title: string;
  advice: string;
  href: string;
  isDone: boolean;
}

/** What it takes to see a first task carried out. */
export function firstSteps(overview: Overview): FirstStep[] {
  return [
    {
      title: "Connect a LinkedIn account",
      advice: "The one that tasks are carried out with.",
      href: "/accounts",
      isDone: connectedAccounts(overview).length > 0,
    },
    {
      title: "Start the agent",
      advice: "It runs where you are signed in to LinkedIn, and fetches its work itself.",
      href: "/agents",
      isDone: workingAgents(overview).some(({ lastSeenAt }) => lastSeenAt !== null),
    },
    {
      title: "Make an API key",
      advice: "For your program. You see it once.",
      href: "/keys",
      isDone: overview.apiKeys.some(({ revokedAt }) => revokedAt === null),
    },
    {
      title: "Send the first task",
      advice: "With the key, or from here.",
      href: "/tasks",
      isDone: overview.firstTask.nodes.length > 0,
    },
  ];
}
