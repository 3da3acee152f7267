import type { AnyVariables, CombinedError } from "@urql/core";
import { useEffect, useRef } from "react";
import { type UseQueryArgs, useQuery } from "urql";
import { useConnection } from "./connection";

export interface LiveQuery<Data> {
  /** What was read last; stays while it is read again, and when that fails. */
  data: Data | undefined;
  error: CombinedError | undefined;
  isLoading: boolean;
  refetch: () => void;
}

/**
 * A query that catches up by itself: when the connection comes back, when the reader comes back to
 * the tab, and every `pollSeconds` for what no subscription reports. With `keepsData`, the data of other
 * variables stays until the new data is there.
 */
export function useLiveQuery<Data, Variables extends AnyVariables>(
  args: UseQueryArgs<Variables, Data>,
  { pollSeconds, keepsData = false }: { pollSeconds?: number; keepsData?: boolean } = {},
): LiveQuery<Data> {
  const [result, execute] = useQuery<Data, Variables>({
    requestPolicy: "cache-and-network",
    ...args,
  });
  const refetch = useRef(() => {});
  refetch.current = () => execute({ requestPolicy: "network-only" });

  const key = JSON.stringify(args.variables ?? {});
  const last = useRef<{ key: string; data: Data } | null>(null);
  if (result.data) last.current = { key, data: result.data };
  const data =
    result.data ?? (keepsData || last.current?.key === key ? last.current?.data : undefined);

  const { epoch } = useConnection();
  const shownEpoch = useRef(epoch);
  useEffect(() => {
    if (shownEpoch.current === epoch) return;
    shownEpoch.current = epoch;
    refetch.current();
  }, [epoch]);

  useEffect(() => {
    const refetchIfSeen = () => {
      if (!document.hidden) refetch.current();
    };
    const timer = pollSeconds && setInterval(refetchIfSeen, pollSeconds * 1000);
    document.addEventListener("visibilitychange", refetchIfSeen);
    return () => {
      if (timer) clearInterval(timer);
      document.removeEventListener("visibilitychange", refetchIfSeen);
    };
  }, [pollSeconds]);

  return {
    data,
    error: result.error,
    isLoading: result.fetching && !data,
    refetch: () => refetch.current(),
  };
}
