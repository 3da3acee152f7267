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
  /** Null: nobody is signed in. */
  viewer: Viewer | null;
  /** Looks again who is signed in: after signing in or up. */
  look: () => void;
  /** Forgets who was signed in. */
  leave: () => void;
}

const SessionContext = createContext<Session>({
  viewer: null,
  look: () => {},
  leave: () => {},
});

export const useSession = (): Session => useContext(SessionContext);

/** The signed-in person, whose data the pages below may ask for. */
export function useViewer(): Viewer {
  const { viewer } = useSession();
  if (!viewer) throw new Error("only pages behind the sign-in have a viewer");
  return viewer;
}

/**
 * Knows who is signed in and gives the pages a client of that person's own: nothing that was read
 * in one session is there in the next. A session that ends by itself leaves the page and its forms
 * in place, behind a dialog to sign in again.
 */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [viewer, setViewer] = useState<Viewer | null | undefined>(undefined);
  const [error, setError] = useState<ApiError | null>(null);
  const [hasEnded, setHasEnded] = useState(false);

  const look = useCallback(async () => {
    const stranger = makeClient(null, () => {});
    const { data, error } = await stranger.query(ViewerQuery, {}).toPromise();
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
  useEffect(() => void look(), [look]);
  const leave = useCallback(() => setViewer(null), []);

  const memberId = viewer?.user?.id ?? null;
  const [socket, setSocket] = useState<Socket | null>(null);
  useEffect(() => {
    if (!memberId) return;
    const opened = openConnection(look);
    setSocket(opened);
    return () => {
      setSocket(null);
      void opened.dispose();
    };
  }, [memberId, look]);

  const client = useMemo(() => makeClient(socket, look), [socket, look]);
  const session = useMemo(() => ({ viewer: viewer ?? null, look, leave }), [viewer, look, leave]);

  if (viewer === undefined) {
    return error ? <UnreachablePage error={error} onRetry={look} /> : <PageLoading />;
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
