import type { Tone } from "../../components/Badge";
import { enumLabel } from "../../components/enumLabel";
import { duration } from "../../components/times";
import type { ResultOf } from "../../graphql/graphql";
import type { OneTask } from "./documents";
import { statusTone } from "./labels";
import { errorText, resultOf } from "./taskContent";

export type TaskDetails = NonNullable<ResultOf<typeof OneTask>["task"]>;
type Attempt = TaskDetails["attempts"][number];

export interface Step {
  at: string;
  title: string;
  /** More about it; may be empty. */
  text: string;
  tone: Tone;
  /** It has not ended. */
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
  if (task.completedAt) steps.push(finalStep(task, task.completedAt));
  return steps.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

function stepsOf(attempt: Attempt, agentName: AgentName): Step[] {
  const { number, claimedAt, startedAt, finishedAt, outcome } = attempt;
  const isRunning = outcome === "RUNNING";
  const claimed = `Claimed by ${agentName(attempt.agentId)}`;
  const steps = [step(claimedAt, claimed, "info", "", isRunning && !startedAt)];
  if (startedAt) steps.push(step(startedAt, `Attempt ${number} started`, "busy", "", isRunning));
  if (finishedAt) {
    const took = startedAt
      ? `After ${duration(Date.parse(finishedAt) - Date.parse(startedAt))}. `
      : "";
    const [title, tone] = outcomeLabels[outcome] ?? [`ended: ${enumLabel(outcome)}`, "calm"];
    const subject = startedAt ? `Attempt ${number}` : "The claim";
    steps.push(step(finishedAt, `${subject} ${title}`, tone, took + errorText(attempt.error)));
  }
  return steps;
}

const outcomeLabels: Record<Attempt["outcome"], [string, Tone]> = {
  RUNNING: ["is running", "busy"],
  COMPLETED: ["succeeded", "good"],
  FAILED: ["failed", "bad"],
  LOST: ["was lost: the agent stopped responding", "warn"],
  RELEASED: ["was released", "calm"],
  CANCELLED: ["was cancelled", "warn"],
  DEFERRED: ["was put off: LinkedIn has a limit", "warn"],
};

function finalStep({ status, result, attempts }: TaskDetails, at: string): Step {
  const reason = resultOf(result).error;
  const isShown = errorText(attempts.at(-1)?.error) === reason;
  return step(at, enumLabel(status), statusTone(status), isShown ? "" : reason);
}
