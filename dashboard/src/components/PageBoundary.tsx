import { Component, type ReactNode, useEffect } from "react";
import { ErrorNotice } from "./ErrorNotice";

/** The code of a page could not be fetched: the server is away, or has a newer build. */
export class PageNotLoadedError extends Error {}

const LOOK_EVERY_MS = 3_000;
const NOT_AGAIN_WITHIN_MS = 10_000;

/** Says that a page could not be loaded, or that it failed. */
export class PageBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (error as unknown) instanceof PageNotLoadedError ? <NotLoaded /> : <Failed />;
  }
}

/** Reloads the page when the server responds; browsers remember a failed import. */
function NotLoaded() {
  useEffect(() => {
    const look = () =>
      void fetch("/healthz").then(
        ({ ok }) => ok && reloadOnce(),
        () => {},
      );
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <ErrorNotice
      error={apiError("UNREACHABLE", "This page can't be loaded right now.")}
      onRetry={() => location.reload()}
    />
  );
}

function Failed() {
  return (
    <ErrorNotice
      error={apiError("INTERNAL", "Something went wrong on this page.")}
      onRetry={() => location.reload()}
    />
  );
}

const apiError = (code: string, message: string) => ({
  code,
  message,
  details: [],
  retryAfterSeconds: undefined,
});

/** A page that can't be loaded even now must not be reloaded endlessly. */
function reloadOnce(): void {
  const lastReloadAt = Number(sessionStorage.getItem("reloaded-at"));
  if (Date.now() - lastReloadAt < NOT_AGAIN_WITHIN_MS) return;
  sessionStorage.setItem("reloaded-at", String(Date.now()));
  location.reload();
}
