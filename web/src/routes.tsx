import type { ComponentType } from "react";

export interface PageModule {
  default: ComponentType;
}

/** A page: its path (parameters by `useParams` of wouter) and how its chunk is loaded. */
export interface PageRoute {
  path: string;
  load: () => Promise<PageModule>;
  /** Stands without the caching GraphQL client: it must be small and quick on a stranger's phone. */
  light?: true;
}

/** Every page of Plenary, first match wins. */
export const routes: PageRoute[] = [
  { path: "/", load: () => import("./home/HomePage.tsx") },
  { path: "/setup/:token", load: () => import("./identity/SetupPage.tsx") },
  { path: "/sign-in", load: () => import("./identity/SignInPage.tsx") },
  { path: "/sign-in/link/:token", load: () => import("./identity/SignInLinkPage.tsx") },
  { path: "/j/:token", load: () => import("./identity/JoinLinkPage.tsx") },
  { path: "/composer/:stage", load: () => import("./stage/composer/ComposerPage.tsx"), light: true },
  { path: "/design/:page", load: () => import("./workbench.tsx") },
  { path: "/design", load: () => import("./platform/design/page/DesignPage.tsx") },
  { path: "/account", load: () => import("./identity/AccountPage.tsx") },
  { path: "/account/profile", load: () => import("./profiles/ProfilePage.tsx") },
  { path: "/e/:slug", load: () => import("./events/LandingPage.tsx"), light: true },
  { path: "/e/:slug/in", load: () => import("./rooms/EntrancePage.tsx"), light: true },
  { path: "/e/:slug/messages", load: () => import("./messages/MessagesPage.tsx") },
  { path: "/stop-mails/:token", load: () => import("./messages/StopMailsPage.tsx"), light: true },
  { path: "/e/:slug/order", load: () => import("./orders/OrderPage.tsx"), light: true },
  { path: "/e/:slug/people", load: () => import("./people/PeoplePage.tsx") },
  { path: "/e/:slug/prizes", load: () => import("./giveaways/PrizesPage.tsx") },
  { path: "/e/:slug/my-agenda", load: () => import("./agenda/MyAgendaPage.tsx") },
  { path: "/e/:slug/profile", load: () => import("./profiles/EventProfilePage.tsx") },
  { path: "/e/:slug/rooms/:room", load: () => import("./rooms/RoomPage.tsx") },
  { path: "/e/:slug/moderation", load: () => import("./moderation/ModerationPage.tsx") },
  { path: "/e/:slug/captions/:room", load: () => import("./captions/CaptionDeskPage.tsx") },
  { path: "/e/:slug/studio/:room", load: () => import("./studio/StudioPage.tsx") },
  { path: "/e/:slug/studio/:room/sources", load: () => import("./stage/SourcesPage.tsx") },
  { path: "/e/:slug/replays/:id", load: () => import("./stage/ReplayPage.tsx") },
  { path: "/e/:slug/party/:id", load: () => import("./parties/PartyPage.tsx") },
  { path: "/external/:broadcast", load: () => import("./stage/ExternalPage.tsx") },
  { path: "/organize", load: () => import("./organize/OrganizePage.tsx") },
  { path: "/organize/events/:id", load: () => import("./organize/EventDeskPage.tsx") },
  { path: "/organize/events/:id/:page", load: () => import("./organize/EventDeskPage.tsx") },
  { path: "/organize/new", load: () => import("./templates/TemplateGalleryPage.tsx") },
  { path: "/demo", load: () => import("./demo/DemoPage.tsx"), light: true },
];

export const notFound: PageRoute = {
  path: "*",
  load: () => import("./platform/shell/NotFoundPage.tsx"),
  light: true,
};
