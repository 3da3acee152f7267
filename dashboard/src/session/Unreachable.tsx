import { useEffect } from "react";
import type { Problem } from "../graphql/problem";
import { ErrorNotice } from "../pieces/ErrorNotice";
import classes from "./Unreachable.module.css";

const AGAIN_AFTER_MS = 3_000;

/** Nobody knows yet who is there: tries again by itself until the server says. */
export function Unreachable({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  useEffect(() => {
    const timer = setInterval(onRetry, AGAIN_AFTER_MS);
    return () => clearInterval(timer);
  }, [onRetry]);
  return (
    <main className={classes.page}>
      <ErrorNotice problem={problem} onRetry={onRetry} />
    </main>
  );
}
