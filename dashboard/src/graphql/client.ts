import {
  Client,
  cacheExchange,
  fetchExchange,
  mapExchange,
  subscriptionExchange,
} from "@urql/core";
import type { Client as Socket } from "graphql-ws";

/** Asks over HTTP with the session's cookie; subscriptions go over the socket, once there is one. */
export function makeClient(socket: Socket | null, onUnauthenticated: () => void): Client {
  return new Client({
    url: "/graphql",
    // With a cookie the server takes nothing but POST.
    preferGetMethod: false,
    exchanges: [
      mapExchange({
        onError: (error) => {
          if (error.graphQLErrors.some((one) => one.extensions.code === "UNAUTHENTICATED")) {
            onUnauthenticated();
          }
        },
      }),
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => {
            if (!socket || !query) return { unsubscribe: () => {} };
            return { unsubscribe: socket.subscribe({ query, variables }, sink) };
          },
        }),
      }),
    ],
  });
}
