import { type Client, createClient } from "graphql-ws";
import { useSyncExternalStore } from "react";

export interface ConnectionState {
  /** Refused: the server is there, but the workspace gets no live updates. */
  phase: "connecting" | "live" | "lost" | "refused";
  /** Grows each time the connection comes back: whoever shows data asks for it again. */
  epoch: number;
}

const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 5_000;
const LONGEST_WAIT_MS = 5_000;
const REFUSED_WAIT_MS = 15_000;
const FORBIDDEN = 4403;

let state: ConnectionState = { phase: "connecting", epoch: 0 };
const watchers = new Set<() => void>();

function become(next: ConnectionState): void {
  state = next;
  for (const tell of watchers) tell();
}

/**
 * The page's one WebSocket: opened now, and again for as long as it takes. `onForbidden` looks
 * whether anybody is still signed in.
 */
export function openConnection(onForbidden: () => void): Client {
  let pongIsOverdue: ReturnType<typeof setTimeout> | undefined;
  let hasBeenLive = false;
  become({ ...state, phase: "connecting" });
  const socket = createClient({
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
    lazy: false,
    keepAlive: PING_EVERY_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: waitOrNetwork,
    shouldRetry: () => true,
    onNonLazyError: () => {},
    on: {
      connected: () => {
        become({ phase: "live", epoch: hasBeenLive ? state.epoch + 1 : state.epoch });
        hasBeenLive = true;
      },
      ping: (isFromServer) => {
        if (isFromServer) return;
        clearTimeout(pongIsOverdue);
        pongIsOverdue = setTimeout(() => socket.terminate(), PONG_WITHIN_MS);
      },
      pong: (isFromServer) => {
        if (isFromServer) clearTimeout(pongIsOverdue);
      },
      closed: (event) => {
        clearTimeout(pongIsOverdue);
        const isForbidden = event instanceof CloseEvent && event.code === FORBIDDEN;
        become({ ...state, phase: isForbidden ? "refused" : "lost" });
        if (isForbidden) onForbidden();
      },
    },
  });
  return socket;
}

/** Backs off, spread so that not everybody comes at once; a network that returns ends the wait. */
function waitOrNetwork(retries: number): Promise<void> {
  const longest =
    state.phase === "refused" ? REFUSED_WAIT_MS : Math.min(500 * 2 ** retries, LONGEST_WAIT_MS);
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, longest * (0.5 + Math.random() / 2));
    addEventListener("online", done);
  });
}

export function useConnection(): ConnectionState {
  return useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => state,
  );
}
