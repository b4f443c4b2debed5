import { type ComponentType, useEffect } from "react";
import { useQuery } from "urql";
import { useLocation, useParams } from "wouter";
import { AgendaPage } from "../agenda/AgendaPage.tsx";
import { EventPageEditor } from "../events/EventPageEditor.tsx";
import { SpeakersPage } from "../events/SpeakersPage.tsx";
import { GiveawaysDesk } from "../giveaways/GiveawaysDesk.tsx";
import { EventDeskDocument } from "../gql/graphql.ts";
import { OrdersDesk } from "../orders/OrdersDesk.tsx";
import { Button, ButtonLink } from "../platform/components/index.ts";
import { brand } from "../platform/design/brand.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import NotFoundPage from "../platform/shell/NotFoundPage.tsx";
import { RehearsalPage } from "../rehearsals/RehearsalPage.tsx";
import { ReplaysPage } from "../replays/ReplaysPage.tsx";
import { ShowPage } from "../shows/ShowPage.tsx";
import { TablesDesk } from "../tables/TablesDesk.tsx";
import { DeskNavigation, DeskNavigationShort } from "./DeskNavigation.tsx";
import { DeskSkeleton } from "./DeskSkeleton.tsx";
import type { DeskPageProps } from "./desk.ts";
import { OverviewPage } from "./OverviewPage.tsx";
import { RegistrationPage } from "./RegistrationPage.tsx";
import { useOrganizeText } from "./text.ts";
import "./organize.css";
import "./desk.css";

const pages: Record<string, ComponentType<DeskPageProps>> = {
  overview: OverviewPage,
  page: EventPageEditor,
  agenda: AgendaPage,
  speakers: SpeakersPage,
  registration: RegistrationPage,
  orders: OrdersDesk,
  replays: ReplaysPage,
  tables: TablesDesk,
  show: ShowPage,
  giveaways: GiveawaysDesk,
  rehearsal: RehearsalPage,
};

/** An organizer's desk for one event: the navigation beside, one of its pages in the middle. */
export default function EventDeskPage() {
  const { t } = useOrganizeText();
  const { id = "", page = "overview" } = useParams<{ id: string; page?: string }>();
  const [path, navigate] = useLocation();
  const [{ data, error, fetching }, ask] = useQuery({ query: EventDeskDocument, variables: { id } });
  const Page = pages[page];
  const stranger = data && !data.viewer;

  useEffect(() => {
    if (stranger) navigate(`/sign-in?returnTo=${encodeURIComponent(path)}`, { replace: true });
  }, [stranger, path, navigate]);

  if (!Page) return <NotFoundPage />;
  const event = data?.event;
  if (event && data.viewer)
    return (
      <div className="shell" {...brand(event.accent)}>
        <a className="skip" href="#main">
          {t("desk.skip")}
        </a>
        <DeskNavigation event={event} viewer={data.viewer} page={page} />
        <main className="main" id="main">
          <Page event={event} />
        </main>
        <DeskNavigationShort event={event} page={page} />
      </div>
    );
  if (error && !fetching && refusalOf(error).code !== "not-found")
    return (
      <MessagePage
        title={t("desk.failed.title")}
        action={
          <Button variant="primary" onClick={() => ask({ requestPolicy: "network-only" })}>
            {t("tryAgain")}
          </Button>
        }
      >
        {t("desk.failed.text", { reason: refusalOf(error).message })}
      </MessagePage>
    );
  if (fetching || stranger || !(data || error)) return <DeskSkeleton />;
  return (
    <MessagePage
      title={t("desk.missing.title")}
      action={
        <ButtonLink href="/organize" variant="primary">
          {t("desk.missing.action")}
        </ButtonLink>
      }
    >
      {t("desk.missing.text")}
    </MessagePage>
  );
}
