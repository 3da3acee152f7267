import { Anchor } from "@mantine/core";
import { useEffect } from "react";
import { Link } from "wouter";
import { Card } from "../../components/Card";
import { Countdown } from "../../components/Countdown";
import { StartsAt } from "../../components/StartsAt";
import type { TaskDetails } from "./timeline";
import classes from "./WaitingCard.module.css";

/** No subscription reports that a reason has changed. */
const POLL_MS = 5_000;

/** Why a task waits: every reason, the longest first, and when it is expected to start. */
export function WaitingCard({ task, onStale }: { task: TaskDetails; onStale: () => void }) {
  const { waiting, estimatedStartAt } = task;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one timer as long as the card is shown
  useEffect(() => {
    const timer = setInterval(() => document.hidden || onStale(), POLL_MS);
    return () => clearInterval(timer);
  }, []);
  const isReady = waiting[0]?.code === "READY";
  return (
    <Card
      title={isReady ? "Ready" : "Why it waits"}
      actions={
        <Anchor href="/docs/pacing#why-a-task-waits" target="_blank" size="xs">
          All reasons
        </Anchor>
      }
    >
      <ul className={classes.reasons} aria-label="Reasons">
        {waiting.map(({ code, message, until, taskId }) => (
          <li key={code}>
            <span className={classes.message}>
              <bdi>{message}</bdi>
              {taskId && (
                <>
                  {" "}
                  <Anchor component={Link} href={`/tasks/${taskId}`} inherit underline="always">
                    View it
                  </Anchor>
                </>
              )}
            </span>
            {until && (
              <span className={classes.until}>
                <Countdown until={until} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {!isReady && (
        <p className={classes.estimate}>
          <Estimate at={estimatedStartAt} />
        </p>
      )}
    </Card>
  );
}

function Estimate({ at }: { at: string | null }) {
  if (at === null) return "When it starts can't be said yet.";
  return (
    <>
      If nothing changes, it starts <StartsAt at={at} />.
    </>
  );
}
