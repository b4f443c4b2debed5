import { Suspense, useEffect, useRef } from "react";
import { Route, useLocation } from "wouter";
import type { PageRoute } from "../../routes.tsx";
import { ErrorBoundary } from "../components/ErrorBoundary.tsx";
import { Skeleton } from "../components/States.tsx";
import { routeOf, usePage } from "./pages.ts";

/** The page of the current address, with what every page stands on. */
export function App() {
  const [path] = useLocation();
  const route = routeOf(path);
  useFreshView(path);
  return (
    <ErrorBoundary resetOn={path}>
      <Suspense fallback={<PageSkeleton />}>
        <PageView route={route} />
      </Suspense>
    </ErrorBoundary>
  );
}

function PageView({ route }: { route: PageRoute }) {
  const { Page, Around } = usePage(route);
  const page = (
    <Route path={route.path}>
      <Page />
    </Route>
  );
  return Around ? <Around>{page}</Around> : page;
}

/** After going to another page: its top, and the focus at its main part so that a screen reader follows. */
function useFreshView(path: string) {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    if (location.hash) return;
    scrollTo(0, 0);
    const main = document.getElementById("main");
    main?.setAttribute("tabindex", "-1");
    main?.focus({ preventScroll: true });
  }, [path]);
}

function PageSkeleton() {
  return (
    <div className="wrap-page page-skeleton" aria-hidden="true">
      <Skeleton width="40%" height={40} />
      <Skeleton width="64%" />
      <Skeleton width="52%" />
      <Skeleton height={220} />
    </div>
  );
}
