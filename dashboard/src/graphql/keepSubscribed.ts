import type { Sink } from "graphql-ws";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** A subscription that has not ended by then counts as running, even if nothing has happened. */
const SETTLED_AFTER_MS = 1_000;

export interface Watcher<Result> {
  onNext: (result: Result) => void;
  /** The server ended the subscription; it is restarted. */
  onInterrupted: (error?: unknown) => void;
  /** It runs again: data must be read again. */
  onResumed: () => void;
  /** It was stopped while it was interrupted. */
  onGivenUp: () => void;
}

/**
 * Keeps a subscription running: when the server ends it, with an error or without, it is
 * restarted, after waits that grow. Returns the function that stops it.
 */
export function keepSubscribed<Result>(
  subscribe: (sink: Sink<Result>) => () => void,
  { onNext, onInterrupted, onResumed, onGivenUp }: Watcher<Result>,
): () => void {
  let attempt = 0;
  let isInterrupted = false;
  let isStopped = false;
  let unsubscribe = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;

  const settle = () => {
    clearTimeout(timer);
    attempt = 0;
    if (!isInterrupted) return;
    isInterrupted = false;
    onResumed();
  };
  const end = (error?: unknown) => {
    if (isStopped) return;
    clearTimeout(timer);
    if (!isInterrupted) {
      isInterrupted = true;
      onInterrupted(error);
    }
    timer = setTimeout(start, waitMs(attempt++));
  };
  const start = () => {
    timer = setTimeout(settle, SETTLED_AFTER_MS);
    unsubscribe = subscribe({
      next: (result) => {
        if (isStopped) return;
        settle();
        onNext(result);
      },
      error: end,
      complete: () => end(),
    });
  };
  start();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    unsubscribe();
    if (isInterrupted) onGivenUp();
  };
}

/** Spread, so that not everybody comes back at once. */
function waitMs(attempt: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS) * (0.5 + Math.random() / 2);
}
