import type { AnyVariables, TypedDocumentNode } from "@urql/core";
import { useEffect, useRef } from "react";
import { useClient } from "urql";
import { subscribe } from "wonka";

/** Calls `onEvent` with every event of the subscription, without rendering; null turns it off. */
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
    const subscription = subscribe<{ data?: Data }>(({ data }) => {
      if (data) listener.current(data);
    })(client.subscription(document, wanted));
    return () => subscription.unsubscribe();
  }, [client, document, key]);
}
