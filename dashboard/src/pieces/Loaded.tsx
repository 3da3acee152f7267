import { Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { problemOf } from "../graphql/problem";
import type { LiveQuery } from "../graphql/useLiveQuery";
import { ErrorNotice } from "./ErrorNotice";

/** A query's answer once it is there; until then its shape, or what went wrong. */
export function Loaded<Data>(props: {
  query: LiveQuery<Data>;
  skeleton?: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  const { data, error, refetch } = props.query;
  if (data) return props.children(data);
  if (error) return <ErrorNotice problem={problemOf(error)} onRetry={refetch} />;
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
