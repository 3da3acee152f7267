import type { AnyVariables, TypedDocumentNode } from "@urql/core";
import { useEffect, useRef } from "react";
import { useClient } from "urql";
import { subscribe } from "wonka";

/** Calls `onEvent` with everything the subscription tells, without rendering; null turns it off. */
export function useSubscriptionEvents<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables | null,
  onEvent: (data: Data) => void,
): void {
  const client = useClient();
  const listener = useRef(onEvent);
  listener.current = onEvent;
  const key = JSON.stringify(variables);
  useEffect(() => {
    const wanted = JSON.parse(key) as Variables | null;
    if (wanted === null) return;
    const heard = subscribe<{ data?: Data }>(({ data }) => {
      if (data) listener.current(data);
    })(client.subscription(document, wanted));
    return () => heard.unsubscribe();
  }, [client, document, key]);
}
