import { type ComponentType, type ReactNode, use } from "react";
import { notFound, type PageRoute, routes } from "../../routes.tsx";
import { textArrived } from "../i18n/i18n.ts";

/** A page whose chunk has arrived, and what stands around it. */
export interface LoadedPage {
  Page: ComponentType;
  Around: ComponentType<{ children: ReactNode }> | undefined;
}

const loaded = new Map<PageRoute, LoadedPage>();
const loading = new Map<PageRoute, Promise<LoadedPage>>();

/** The route of a path; the not-found page for any other. */
export function routeOf(path: string): PageRoute {
  const segments = segmentsOf(path);
  return (
    routes.find((route) => {
      const wanted = segmentsOf(route.path);
      return (
        wanted.length === segments.length && wanted.every((part, at) => part.startsWith(":") || part === segments[at])
      );
    }) ?? notFound
  );
}

function segmentsOf(path: string): string[] {
  return path.split("/").filter(Boolean);
}

/** Fetches the chunks of a page once. A failed fetch may be tried again. */
export function loadPage(route: PageRoute): Promise<LoadedPage> {
  const known = loading.get(route);
  if (known) return known;
  const promise = Promise.all([route.load(), route.light ? undefined : import("./AppFrame.tsx")]).then(
    async ([page, around]) => {
      await textArrived();
      const result = { Page: page.default, Around: around?.default };
      loaded.set(route, result);
      return result;
    },
  );
  promise.catch(() => loading.delete(route));
  loading.set(route, promise);
  return promise;
}

/** The page if its chunk is here; waits under the nearest Suspense otherwise. */
export function usePage(route: PageRoute): LoadedPage {
  return loaded.get(route) ?? use(loadPage(route));
}

/** Fetches a page when a pointer or the focus comes near its link, so that the press itself is instant. */
export function preloadNearLinks(): void {
  const near = (event: Event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    if (link?.origin === location.origin) void loadPage(routeOf(link.pathname)).catch(() => undefined);
  };
  document.addEventListener("pointerover", near, { passive: true });
  document.addEventListener("focusin", near);
}
