import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { Redirect, Route, Switch, useLocation, useSearch } from "wouter";
import { PageBoundary, PageNotLoadedError } from "./components/PageBoundary";
import { PageLoading } from "./components/PageLoading";
import { useSession } from "./session/SessionProvider";

function page<Name extends string, Props = object>(
  name: Name,
  load: () => Promise<Record<Name, ComponentType<Props>>>,
): ComponentType<Props> {
  return lazy(async () => {
    try {
      return { default: (await load())[name] };
    } catch (error) {
      throw new PageNotLoadedError(name, { cause: error });
    }
  }) as ComponentType<Props>;
}

const Shell = page<"Shell", { children: ReactNode }>("Shell", () => import("./shell/Shell"));

/** Every page that needs a session, by its path; a new page is a line here. */
const pages: Record<string, ComponentType> = {
  "/": page("OverviewPage", () => import("./pages/overview/OverviewPage")),
  "/tasks": page("TasksPage", () => import("./pages/tasks/TasksPage")),
  "/tasks/:id": page("TaskPage", () => import("./pages/tasks/TaskPage")),
  "/accounts": page("AccountsPage", () => import("./pages/accounts/AccountsPage")),
  "/accounts/:id": page("AccountPage", () => import("./pages/accounts/AccountPage")),
  "/agents": page("AgentsPage", () => import("./pages/agents/AgentsPage")),
  "/keys": page("KeysPage", () => import("./pages/keys/KeysPage")),
  "/webhooks": page("WebhooksPage", () => import("./pages/webhooks/WebhooksPage")),
  "/webhooks/:id": page("WebhookPage", () => import("./pages/webhooks/WebhookPage")),
  "/explorer": page("ExplorerPage", () => import("./pages/explorer/ExplorerPage")),
  "/settings": page("SettingsPage", () => import("./pages/settings/SettingsPage")),
};

const SignInPage = page("SignInPage", () => import("./pages/session/SignInPage"));
const SignUpPage = page("SignUpPage", () => import("./pages/session/SignUpPage"));
const NotFoundPage = page("NotFoundPage", () => import("./pages/session/NotFoundPage"));

export function Pages() {
  const { viewer } = useSession();
  return (
    <PageBoundary>
      <Suspense fallback={<PageLoading />}>
        {viewer ? <SignedInPages /> : <SignedOutPages />}
      </Suspense>
    </PageBoundary>
  );
}

function SignedInPages() {
  const next = useNext();
  const [path] = useLocation();
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
          <PageBoundary key={path}>
            <Suspense fallback={<PageLoading />}>
              <Switch>
                {Object.entries(pages).map(([path, Page]) => (
                  <Route key={path} path={path} component={Page} />
                ))}
                <Route component={NotFoundPage} />
              </Switch>
            </Suspense>
          </PageBoundary>
        </Shell>
      </Route>
    </Switch>
  );
}

function SignedOutPages() {
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

/** The page that the reader wanted before they had to sign in; never one of another site. */
function useNext(): string {
  const next = new URLSearchParams(useSearch()).get("next");
  return next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : "/";
}
