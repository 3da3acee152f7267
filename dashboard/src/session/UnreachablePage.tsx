import { useEffect } from "react";
import { ErrorNotice } from "../components/ErrorNotice";
import type { ApiError } from "../graphql/apiError";
import classes from "./UnreachablePage.module.css";

const RETRY_AFTER_MS = 3_000;

/** Shown while the server cannot say who is signed in; asks again by itself. */
export function UnreachablePage({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  useEffect(() => {
    const timer = setInterval(onRetry, RETRY_AFTER_MS);
    return () => clearInterval(timer);
  }, [onRetry]);
  return (
    <main className={classes.page}>
      <ErrorNotice error={error} onRetry={onRetry} />
    </main>
  );
}
