import { IconPlugConnectedX } from "@tabler/icons-react";
import { useConnection } from "../graphql/connection";
import classes from "./ConnectionBanner.module.css";

/** Lies over the page, so that nothing moves when it comes and goes. */
export function ConnectionBanner() {
  const { phase, interrupted } = useConnection();
  const isLost = phase === "lost";
  const isLive = !isLost && phase !== "refused" && interrupted === 0;
  return (
    <div role="status" aria-live="polite" className={classes.place}>
      {!isLive && (
        <div className={classes.banner}>
          <IconPlugConnectedX size={18} aria-hidden />
          <span>
            <strong>{isLost ? "Connection lost." : "Updates are interrupted."}</strong> What you see
            may be out of date. It catches up automatically.
          </span>
        </div>
      )}
    </div>
  );
}
