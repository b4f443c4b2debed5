import "../platform/design/components-live.css";
import "./people.css";
import { useEffect, useRef, useState } from "react";
import { useQuery } from "urql";
import { Link, useLocation, useParams, useSearchParams } from "wouter";
import { useOnReturn, useTold } from "../attend/index.ts";
import { MyPlaceDocument, PeoplePageDocument, type PeoplePageQuery } from "../gql/graphql.ts";
import { useUnreadMessages } from "../messages/useUnreadMessages.ts";
import { ButtonLink } from "../platform/components/Button.tsx";
import { Dialog } from "../platform/components/Dialog.tsx";
import { SkeletonCard } from "../platform/components/States.tsx";
import { brand } from "../platform/design/brand.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { formatNumber } from "../platform/time/format.ts";
import { EventNotices } from "../rooms/Notices.tsx";
import { Directory } from "./Directory.tsx";
import { EventBar } from "./EventBar.tsx";
import { MyWords } from "./MyWords.tsx";
import { PersonPane } from "./PersonPane.tsx";
import { peoplePath } from "./paths.ts";
import { Suggestions } from "./Suggestions.tsx";
import { useText } from "./text.ts";
import { useNarrow } from "./useNarrow.ts";
import { WhoCanFindYou } from "./WhoCanFindYou.tsx";

type EventOfPeople = NonNullable<PeoplePageQuery["event"]>;

/** The people of an event, for each other. */
export default function PeoplePage() {
  const { t } = useText();
  const { slug } = useParams<{ slug: string }>();
  const [{ data, error, fetching }] = useQuery({ query: PeoplePageDocument, variables: { slug } });
  if (data?.event) return <People event={data.event} viewer={data.viewer} />;
  if (fetching) {
    return (
      <main id="main" className="people-page loading">
        <SkeletonCard lines={8} />
      </main>
    );
  }
  const refusal = error && refusalOf(error);
  const outside = !refusal || ["not-found", "sign-in-required"].includes(refusal.code);
  return (
    <MessagePage
      title={outside ? t("notHere.title") : t("failed")}
      action={
        <ButtonLink href={`/e/${slug}`} variant="primary">
          {t("notHere.action")}
        </ButtonLink>
      }
    >
      {outside ? t("notHere.text") : refusal?.message}
    </MessagePage>
  );
}

function People({ event, viewer }: { event: EventOfPeople; viewer: PeoplePageQuery["viewer"] }) {
  const { t } = useText();
  useTitle(t("title"), event.name);
  const [, navigate] = useLocation();
  const [query] = useSearchParams();
  const open = query.get("person") ?? undefined;
  const [{ data }, again] = useQuery({ query: MyPlaceDocument, variables: { event: event.id } });
  const mine = data?.myProfile;
  const [editing, setEditing] = useState(false);
  const unread = useUnreadMessages(event.id);
  const news = useNews(event.id);
  const narrow = useNarrow();
  const opener = useRef<HTMLElement>(null);
  const pane = useRef<HTMLElement>(null);
  const show = (person: string) => {
    opener.current = document.activeElement as HTMLElement | null;
    navigate(peoplePath(event.slug, person), { replace: open !== undefined });
  };
  const close = () => {
    navigate(peoplePath(event.slug), { replace: true });
    opener.current?.focus();
  };
  // Whoever opened somebody reads on in the pane; a person who came by a link begins at the top.
  useEffect(() => {
    if (open && opener.current && !narrow) pane.current?.focus();
  }, [open, narrow]);
  const content = open && <PersonPane event={event} person={open} mine={mine} news={news} onClose={close} key={open} />;
  return (
    <div className="people-page ebody" {...brand(event.accent)}>
      <EventBar event={event} viewer={viewer} here="people" unread={unread} />
      <EventNotices event={event} />
      <div className={open && !narrow ? "pg two" : "pg"}>
        <main className="lst" id="main">
          <div className="headrow">
            <div>
              <h1 className="h2">{t("title")}</h1>
              <p className="muted num">
                {t("count", { count: event.people.totalCount, number: formatNumber(event.people.totalCount) })}{" "}
                <Link className="link" href={`/e/${event.slug}/prizes`}>
                  {t("prizes")}
                </Link>
              </p>
            </div>
            <WhoCanFindYou event={event.id} />
          </div>
          <Suggestions event={event.id} mine={mine} open={open} onOpen={show} onChange={() => setEditing(true)} />
          <Directory event={event} news={news} open={open} onOpen={show} />
        </main>
        {content && !narrow && (
          <aside
            className="person-pane"
            ref={pane}
            tabIndex={-1}
            aria-label={t("person.label")}
            onKeyDown={(event) => event.key === "Escape" && close()}
          >
            {content}
          </aside>
        )}
      </div>
      {content && narrow && (
        <Dialog open onClose={close} title={t("person.label")} kind="sheet">
          <div className="person-pane">{content}</div>
        </Dialog>
      )}
      {editing && mine && (
        <MyWords
          slug={event.slug}
          mine={mine}
          onClose={() => setEditing(false)}
          onSaved={() => again({ requestPolicy: "network-only" })}
        />
      )}
    </div>
  );
}

/** How often somebody turned out to wish the same: what is shown is asked for again then. */
function useNews(event: string): number {
  const [news, setNews] = useState(0);
  const again = () => setNews((times) => times + 1);
  useTold(event, "connect", again);
  useOnReturn(event, again);
  return news;
}
