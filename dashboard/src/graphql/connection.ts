import { type Client, createClient } from "graphql-ws";
import { useSyncExternalStore } from "react";

export interface ConnectionState {
  /** Refused: the server is there, but does not accept our credentials. */
  phase: "connecting" | "live" | "lost" | "refused";
  /** Grows each time that updates may have been missed, so that data is read again. */
  epoch: number;
  /** Subscriptions that the server has ended and that are not running again yet. */
  interrupted: number;
}

/** The page's WebSocket, whichever it is at the moment. */
export type Socket = Pick<Client, "subscribe" | "dispose">;

const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 5_000;
const LONGEST_WAIT_MS = 5_000;
const REFUSED_WAIT_MS = 15_000;
const FORBIDDEN = 4403;

let state: ConnectionState = { phase: "connecting", epoch: 0, interrupted: 0 };
const listeners = new Set<() => void>();
const sleepers = new Set<() => void>();

function setState(change: Partial<ConnectionState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

/** Subscriptions that the server ends while the connection stays. */
export const interruptions = {
  begin: () => setState({ interrupted: state.interrupted + 1 }),
  giveUp: () => setState({ interrupted: state.interrupted - 1 }),
  end: () => setState({ interrupted: state.interrupted - 1, epoch: state.epoch + 1 }),
};

/**
 * The page's one WebSocket: opened now, and again for as long as it takes. `onForbidden` looks
 * whether anybody is still signed in.
 */
export function openConnection(onForbidden: () => void): Socket {
  let hasBeenLive = false;
  let isDisposed = false;
  let client: Client | null = null;
  const onLive = () => {
    setState({ phase: "live", epoch: hasBeenLive ? state.epoch + 1 : state.epoch });
    hasBeenLive = true;
  };
  // The library gives a client up for good after some close codes; then a new one takes over.
  const open = () => {
    client = connect(onLive, onForbidden, () => {
      client = null;
      void waitOrNetwork(Number.POSITIVE_INFINITY).then(() => isDisposed || open());
    });
  };
  setState({ phase: "connecting" });
  open();
  return {
    subscribe: (payload, sink) => {
      if (client) return client.subscribe(payload, sink);
      sink.error(new Error("the connection is closed"));
      return () => {};
    },
    dispose: () => {
      isDisposed = true;
      return client?.dispose();
    },
  };
}

function connect(onLive: () => void, onForbidden: () => void, onFatal: () => void): Client {
  let pongIsOverdue: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
    lazy: false,
    keepAlive: PING_EVERY_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: waitOrNetwork,
    shouldRetry: () => true,
    onNonLazyError: onFatal,
    on: {
      connected: onLive,
      ping: (isFromServer) => {
        if (isFromServer) return;
        clearTimeout(pongIsOverdue);
        pongIsOverdue = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: (isFromServer) => {
        if (isFromServer) clearTimeout(pongIsOverdue);
      },
      closed: (event) => {
        clearTimeout(pongIsOverdue);
        const isForbidden = event instanceof CloseEvent && event.code === FORBIDDEN;
        setState({ phase: isForbidden ? "refused" : "lost" });
        if (isForbidden) onForbidden();
      },
    },
  });
  return client;
}

/** Backs off, spread so that not everybody comes at once; a network that returns ends the wait. */
function waitOrNetwork(retries: number): Promise<void> {
  const longest =
    state.phase === "refused" ? REFUSED_WAIT_MS : Math.min(500 * 2 ** retries, LONGEST_WAIT_MS);
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      sleepers.delete(done);
      resolve();
    };
    const timer = setTimeout(done, longest * (0.5 + Math.random() / 2));
    addEventListener("online", done);
    sleepers.add(done);
  });
}

/** Ends the wait before the next attempt to connect: there is reason to think that it succeeds. */
export function reconnectNow(): void {
  for (const wake of [...sleepers]) wake();
}

export function useConnection(): ConnectionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
