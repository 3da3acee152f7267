import {
  Client,
  cacheExchange,
  fetchExchange,
  mapExchange,
  subscriptionExchange,
} from "@urql/core";
import type { FormattedExecutionResult } from "graphql-ws";
import { interruptions, type Socket } from "./connection";
import { keepSubscribed } from "./keepSubscribed";

/** Asks over HTTP with the session's cookie; subscriptions go over the socket, once there is one. */
export function makeClient(socket: Socket | null, onUnauthenticated: () => void): Client {
  const onErrors = (errors: readonly unknown[]) => {
    if (errors.some((one) => codeOf(one) === "UNAUTHENTICATED")) onUnauthenticated();
  };
  return new Client({
    url: "/graphql",
    // With a cookie the server takes nothing but POST.
    preferGetMethod: false,
    exchanges: [
      mapExchange({ onError: (error) => onErrors(error.graphQLErrors) }),
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => {
            if (!socket || !query) return { unsubscribe: () => {} };
            const unsubscribe = keepSubscribed<FormattedExecutionResult>(
              (kept) => socket.subscribe({ query, variables }, kept),
              {
                onNext: (result) => sink.next(result),
                onInterrupted: (error) => {
                  if (Array.isArray(error)) onErrors(error);
                  interruptions.begin();
                },
                onResumed: interruptions.end,
                onGivenUp: interruptions.giveUp,
              },
            );
            return { unsubscribe };
          },
        }),
      }),
    ],
  });
}

function codeOf(error: unknown): unknown {
  return (error as { extensions?: { code?: unknown } }).extensions?.code;
}
