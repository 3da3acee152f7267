import { Text } from "@mantine/core";
import { RelativeTime } from "../../components/RelativeTime";
import { duration } from "../../components/times";
import type { ResultOf } from "../../graphql/graphql";
import classes from "./DeliveryLog.module.css";
import type { DeliveryDetails } from "./documents";

type Attempt = NonNullable<ResultOf<typeof DeliveryDetails>["delivery"]>["attempts"][number];

/** Each attempt: when, how long, and the receiver's response. */
export function DeliveryAttempts({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No attempt yet.
      </Text>
    );
  }
  return (
    <ol className={classes.attempts} aria-label="Attempts">
      {attempts.map((attempt) => (
        <li key={attempt.number}>
          <span className={classes.statusCode} data-tone={attempt.succeeded ? "good" : "bad"}>
            {attempt.statusCode ?? "No response"}
          </span>
          <span>
            {attempt.error ?? (attempt.succeeded ? "Accepted" : "Refused")} after{" "}
            {duration(attempt.durationMs)}
            <Text size="xs" c="dimmed" component="span" display="block">
              <RelativeTime at={attempt.startedAt} />
            </Text>
            {attempt.responseExcerpt && (
              <code className={classes.excerpt}>{attempt.responseExcerpt}</code>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
