import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";
import { Provider } from "urql";
import { PageLoading } from "../components/PageLoading";
import { type ApiError, toApiError } from "../graphql/apiError";
import { makeClient } from "../graphql/client";
import { openConnection, reconnectNow, type Socket } from "../graphql/connection";
import { graphql, type ResultOf } from "../graphql/graphql";
import { SessionEndedDialog } from "./SessionEndedDialog";
import { UnreachablePage } from "./UnreachablePage";

const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      user { id email }
      workspace { id name subscriptionStatus subscriptionEndsAt }
    }
  }
`);

export type Viewer = ResultOf<typeof ViewerQuery>["viewer"];

interface Session {
  /** Null: the reader is not signed in. */
  viewer: Viewer | null;
  /** Asks the server again who is signed in: after signing in or up. */
  refresh: () => void;
  /** Shows the sign-in page. */
  forget: () => void;
}

const SessionContext = createContext<Session>({
  viewer: null,
  refresh: () => {},
  forget: () => {},
});

export const useSession = (): Session => useContext(SessionContext);

/** The signed-in person, whose data the pages below may ask for. */
export function useViewer(): Viewer {
  const { viewer } = useSession();
  if (!viewer) throw new Error("only pages behind the sign-in have a viewer");
  return viewer;
}

/**
 * Finds out who is signed in and gives the pages a GraphQL client for that session, with an empty
 * cache. When a session expires, the page and its forms stay, behind a dialog to sign in again.
 */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [viewer, setViewer] = useState<Viewer | null | undefined>(undefined);
  const [error, setError] = useState<ApiError | null>(null);
  const [hasEnded, setHasEnded] = useState(false);

  const refresh = useCallback(async () => {
    const signedOutClient = makeClient(null, () => {});
    const { data, error } = await signedOutClient.query(ViewerQuery, {}).toPromise();
    if (data) {
      setHasEnded(false);
      setViewer((known) => (sameViewer(known, data.viewer) ? known : data.viewer));
      return reconnectNow();
    }
    const found = error ? toApiError(error) : null;
    if (found?.code !== "UNAUTHENTICATED") return setError(found);
    setViewer((known) => known ?? null);
    setHasEnded(true);
  }, []);
  useEffect(() => void refresh(), [refresh]);
  const forget = useCallback(() => setViewer(null), []);

  const memberId = viewer?.user?.id ?? null;
  const [socket, setSocket] = useState<Socket | null>(null);
  useEffect(() => {
    if (!memberId) return;
    const opened = openConnection(refresh);
    setSocket(opened);
    return () => {
      setSocket(null);
      void opened.dispose();
    };
  }, [memberId, refresh]);

  const client = useMemo(() => makeClient(socket, refresh), [socket, refresh]);
  const session = useMemo(
    () => ({ viewer: viewer ?? null, refresh, forget }),
    [viewer, refresh, forget],
  );

  if (viewer === undefined) {
    return error ? <UnreachablePage error={error} onRetry={refresh} /> : <PageLoading />;
  }
  if (viewer && !socket) return <PageLoading />;
  return (
    <SessionContext.Provider value={session}>
      <Provider key={memberId} value={client}>
        {children}
        {viewer && hasEnded && <SessionEndedDialog email={viewer.user?.email ?? ""} />}
      </Provider>
    </SessionContext.Provider>
  );
}

function sameViewer(one: Viewer | null | undefined, other: Viewer): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
