import { Anchor } from "@mantine/core";
import { IconAlertTriangle, IconClockHour4 } from "@tabler/icons-react";
import { useEffect } from "react";
import { Link } from "wouter";
import { RelativeTime } from "../components/RelativeTime";
import { useConnection } from "../graphql/connection";
import { graphql } from "../graphql/graphql";
import { useLiveQuery } from "../graphql/useLiveQuery";
import classes from "./SubscriptionBanner.module.css";

const SubscriptionAttention = graphql(`
  query SubscriptionAttention { attention { code message subjectId since } }
`);
const LOOK_EVERY_SECONDS = 30;

/** On every page: that the subscription has ended or soon will, since when, and what to do. */
export function SubscriptionBanner() {
  const { data, refetch } = useLiveQuery(
    { query: SubscriptionAttention },
    { pollSeconds: LOOK_EVERY_SECONDS },
  );
  const { phase } = useConnection();
  // The end of the subscription may be why the server has closed the connection.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the function is another each time
  useEffect(() => {
    if (phase === "refused") refetch();
  }, [phase]);
  const item = data?.attention.find(({ code }) => code.startsWith("SUBSCRIPTION_"));
  if (!item) return null;
  const hasEnded = item.code === "SUBSCRIPTION_ENDED";
  const Icon = hasEnded ? IconAlertTriangle : IconClockHour4;
  return (
    <section
      aria-label="Subscription notice"
      className={classes.banner}
      data-tone={hasEnded ? "bad" : "warn"}
    >
      <Icon size={20} aria-hidden />
      <span>
        <strong>{item.message}</strong>
        {item.since && (
          <>
            {" "}
            (<RelativeTime at={item.since} />)
          </>
        )}{" "}
        {hasEnded
          ? "You can read everything that is here, but not change it."
          : "After that, tasks are neither accepted nor run."}{" "}
        To continue, renew the subscription:{" "}
        <Anchor component={Link} href="/settings" inherit underline="always" c="inherit">
          see settings
        </Anchor>
        .
      </span>
    </section>
  );
}
