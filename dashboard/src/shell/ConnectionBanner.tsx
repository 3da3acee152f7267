import { IconPlugConnectedX } from "@tabler/icons-react";
import { useConnection } from "../graphql/connection";
import classes from "./ConnectionBanner.module.css";

/** Lies over the page, so that nothing moves when it comes and goes. */
export function ConnectionBanner() {
  const { phase } = useConnection();
  return (
    <div role="status" aria-live="polite" className={classes.place}>
      {phase === "lost" && (
        <div className={classes.banner}>
          <IconPlugConnectedX size={18} aria-hidden />
          <span>
            <strong>Connection lost.</strong> What you see may be out of date; it catches up by
            itself.
          </span>
        </div>
      )}
      {phase === "refused" && (
        <div className={classes.banner}>
          <IconPlugConnectedX size={18} aria-hidden />
          <span>
            <strong>Nothing is live:</strong> this workspace has no active subscription. What is
            here can be read, not changed.
          </span>
        </div>
      )}
    </div>
  );
}
