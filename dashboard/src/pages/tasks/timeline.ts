import type { Tone } from "../../components/Badge";
import { duration } from "../../components/times";
import type { ResultOf } from "../../graphql/graphql";
import type { OneTask } from "./documents";

export type TaskDetails = NonNullable<ResultOf<typeof OneTask>["task"]>;
type Attempt = TaskDetails["attempts"][number];

export interface Step {
  at: string;
  title: string;
  /** What there is to say about it. */
  text: string;
  tone: Tone;
  /** It goes on. */
  isOpen: boolean;
}

type AgentName = (id: string | null) => string;

const step = (at: string, title: string, tone: Tone, text = "", isOpen = false): Step => ({
  at,
  title,
  text,
  tone,
  isOpen,
});

/** What happened to a task, first to last. */
export function timelineOf(task: TaskDetails, agentName: AgentName): Step[] {
  const steps = [step(task.createdAt, "Created", "calm", task.retryOf ? "As a retry." : "")];
  for (const attempt of task.attempts) steps.push(...stepsOf(attempt, agentName));
  if (task.completedAt) steps.push(ending(task, task.completedAt));
  return steps.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

function stepsOf(attempt: Attempt, agentName: AgentName): Step[] {
  const { number, claimedAt, startedAt, finishedAt, outcome } = attempt;
  const isRunning = outcome === "RUNNING";
  const steps = [
    step(
      claimedAt,
      `Claimed by ${agentName(attempt.agentId)}`,
      "info",
      "",
      isRunning && !startedAt,
    ),
  ];
  if (startedAt) steps.push(step(startedAt, `Attempt ${number} began`, "busy", "", isRunning));
  if (finishedAt) {
    const took = startedAt
      ? `After ${duration(Date.parse(finishedAt) - Date.parse(startedAt))}. `
      : "";
    const [title, tone] = outcomeWords[outcome];
    const subject = startedAt ? `Attempt ${number}` : "The claim";
    steps.push(step(finishedAt, `${subject} ${title}`, tone, took + errorText(attempt.error)));
  }
  return steps;
}

const outcomeWords: Record<Attempt["outcome"], [string, Tone]> = {
  RUNNING: ["goes on", "busy"],
  COMPLETED: ["succeeded", "good"],
  FAILED: ["failed", "bad"],
  LOST: ["was lost: the agent fell silent", "warn"],
  RELEASED: ["was given back", "calm"],
  CANCELLED: ["was cancelled", "warn"],
};

function ending(task: TaskDetails, at: string): Step {
  if (task.status === "COMPLETED") return step(at, "Completed", "good");
  if (task.status === "FAILED") {
    const why = errorText((task.result as { error?: unknown } | null)?.error);
    const isTold = errorText(task.attempts.at(-1)?.error) === why;
    return step(at, "Failed", "bad", isTold ? "" : why);
  }
  return step(at, "Cancelled", "warn");
}

/** An error of the API in words: its code and its sentence; empty when there is none. */
export function errorText(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  return [code, message].filter(Boolean).join(": ");
}
