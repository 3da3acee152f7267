import { Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { toApiError, UNREACHABLE } from "../graphql/apiError";
import type { LiveQuery } from "../graphql/useLiveQuery";
import { ErrorNotice } from "./ErrorNotice";
import classes from "./QueryResult.module.css";

/**
 * A query's data when it is there; until then a skeleton, or the error. Data stays when reading it
 * again fails. That the server can't be reached is shown by the connection's banner.
 */
export function QueryResult<Data>(props: {
  query: LiveQuery<Data>;
  skeleton?: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  const { data, error, refetch } = props.query;
  if (data) {
    const apiError = error && toApiError(error);
    return (
      <>
        {apiError && apiError.code !== UNREACHABLE && (
          <div className={classes.stale}>
            <ErrorNotice error={apiError} onRetry={refetch} />
          </div>
        )}
        {props.children(data)}
      </>
    );
  }
  if (error) return <ErrorNotice error={toApiError(error)} onRetry={refetch} />;
  return props.skeleton ?? <LinesSkeleton />;
}

export function LinesSkeleton({ lines = 4 }: { lines?: number }) {
  return (
    <Stack gap="sm" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
        <Skeleton key={line} height={22} width={`${92 - ((line * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}
