import { useEffect } from "react";
import { ErrorNotice } from "../components/ErrorNotice";
import type { ApiError } from "../graphql/apiError";
import classes from "./UnreachablePage.module.css";

const AGAIN_AFTER_MS = 3_000;

/** Nobody knows yet who is there: tries again by itself until the server says. */
export function UnreachablePage({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  useEffect(() => {
    const timer = setInterval(onRetry, AGAIN_AFTER_MS);
    return () => clearInterval(timer);
  }, [onRetry]);
  return (
    <main className={classes.page}>
      <ErrorNotice error={error} onRetry={onRetry} />
    </main>
  );
}
