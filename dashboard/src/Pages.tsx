import { type ComponentType, lazy, Suspense } from "react";
import { Redirect, Route, Switch, useLocation, useSearch } from "wouter";
import { PageLoading } from "./pieces/PageLoading";
import { useSession } from "./session/SessionProvider";

function page<Name extends string>(
  name: Name,
  load: () => Promise<Record<Name, ComponentType>>,
): ComponentType {
  return lazy(async () => ({ default: (await load())[name] as ComponentType }));
}

const Shell = lazy(async () => ({ default: (await import("./shell/Shell")).Shell }));

/** Every page behind the sign-in, by address; a new page is a line here. */
const pages: Record<string, ComponentType> = {
  "/": page("OverviewPage", () => import("./pages/overview/OverviewPage")),
  "/tasks": page("TasksPage", () => import("./pages/tasks/TasksPage")),
  "/tasks/:id": page("TaskPage", () => import("./pages/tasks/TaskPage")),
  "/accounts": page("AccountsPage", () => import("./pages/accounts/AccountsPage")),
  "/agents": page("AgentsPage", () => import("./pages/agents/AgentsPage")),
  "/keys": page("KeysPage", () => import("./pages/keys/KeysPage")),
  "/webhooks": page("WebhooksPage", () => import("./pages/webhooks/WebhooksPage")),
  "/webhooks/:id": page("WebhookPage", () => import("./pages/webhooks/WebhookPage")),
  "/explorer": page("ExplorerPage", () => import("./pages/explorer/ExplorerPage")),
};

const SignInPage = page("SignInPage", () => import("./pages/session/SignInPage"));
const SignUpPage = page("SignUpPage", () => import("./pages/session/SignUpPage"));
const NotFoundPage = page("NotFoundPage", () => import("./pages/session/NotFoundPage"));

export function Pages() {
  const { viewer } = useSession();
  return <Suspense fallback={<PageLoading />}>{viewer ? <MemberPages /> : <DoorPages />}</Suspense>;
}

function MemberPages() {
  const next = useNext();
  return (
    <Switch>
      <Route path="/sign-in">
        <Redirect to={next} replace />
      </Route>
      <Route path="/sign-up">
        <Redirect to={next} replace />
      </Route>
      <Route>
        <Shell>
          <Suspense fallback={<PageLoading />}>
            <Switch>
              {Object.entries(pages).map(([path, Page]) => (
                <Route key={path} path={path} component={Page} />
              ))}
              <Route component={NotFoundPage} />
            </Switch>
          </Suspense>
        </Shell>
      </Route>
    </Switch>
  );
}

function DoorPages() {
  const [path] = useLocation();
  const search = useSearch();
  const wanted = encodeURIComponent(search ? `${path}?${search}` : path);
  return (
    <Switch>
      <Route path="/sign-in" component={SignInPage} />
      <Route path="/sign-up" component={SignUpPage} />
      <Route>
        <Redirect to={path === "/" ? "/sign-in" : `/sign-in?next=${wanted}`} replace />
      </Route>
    </Switch>
  );
}

/** Where the reader was going before they had to sign in; only ever a page of ours. */
function useNext(): string {
  const next = new URLSearchParams(useSearch()).get("next");
  return next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : "/";
}
