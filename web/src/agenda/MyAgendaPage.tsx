import "../platform/design/components-live.css";
import "../people/people.css";
import "./agenda.css";
import { useState } from "react";
import { useQuery } from "urql";
import { useParams } from "wouter";
import { useTold } from "../attend/index.ts";
import { MyAgendaDocument, type MyAgendaQuery, StarSessionDocument } from "../gql/graphql.ts";
import { useUnreadMessages } from "../messages/useUnreadMessages.ts";
import { useAction } from "../organize/useAction.ts";
import { EventBar } from "../people/EventBar.tsx";
import { ButtonLink, Empty, FormError, Icon, SkeletonCard } from "../platform/components/index.ts";
import { brand } from "../platform/design/brand.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { dayKey, formatDayLong, formatTimeRange } from "../platform/time/format.ts";
import { useVisitorZone, zoneLabel } from "../platform/time/zones.ts";
import { EventNotices } from "../rooms/Notices.tsx";
import { AgendaLink } from "./AgendaLink.tsx";
import { useAgendaText } from "./text.ts";

/** The agenda of an event as one of its people sees it: what they starred, and the whole to choose from. */
export default function MyAgendaPage() {
  const { t } = useAgendaText();
  const { slug } = useParams<{ slug: string }>();
  const [{ data, fetching }] = useQuery({ query: MyAgendaDocument, variables: { slug } });
  if (data?.event && data.viewer) return <MyAgenda event={data.event} viewer={data.viewer} />;
  if (fetching)
    return (
      <main id="main" className="people-page loading">
        <SkeletonCard lines={6} />
      </main>
    );
  return (
    <MessagePage
      title={t("mine.notHere.title")}
      action={
        <ButtonLink href={`/e/${slug}`} variant="primary">
          {t("mine.notHere.action")}
        </ButtonLink>
      }
    >
      {t("mine.notHere.text")}
    </MessagePage>
  );
}

type Event = NonNullable<MyAgendaQuery["event"]>;
type Session = Event["sessions"][number];

function MyAgenda({ event, viewer }: { event: Event; viewer: NonNullable<MyAgendaQuery["viewer"]> }) {
  const { t } = useAgendaText();
  const zone = useVisitorZone();
  const unread = useUnreadMessages(event.id);
  const [onlyStarred, setOnlyStarred] = useState(false);
  const [, ask] = useQuery({ query: MyAgendaDocument, variables: { slug: event.slug }, pause: true });
  useTold(event.id, "agenda", () => ask({ requestPolicy: "network-only" }));
  const star = useAction(StarSessionDocument);
  useTitle(t("mine.title"), event.name);
  const shown = event.sessions.filter((session) => !onlyStarred || session.starred);
  const days = [...new Set(shown.map((session) => dayKey(session.startsAt, zone)))];
  return (
    <div className="people-page ebody" {...brand(event.accent)}>
      <EventBar event={event} viewer={viewer} here="agenda" unread={unread} />
      <EventNotices event={event} />
      <main className="my-agenda" id="main">
        <div className="row wrap between">
          <h1 className="h2">{t("mine.title")}</h1>
          <div className="seg" role="group" aria-label={t("mine.which")}>
            <button type="button" aria-pressed={!onlyStarred} onClick={() => setOnlyStarred(false)}>
              {t("mine.all")}
            </button>
            <button type="button" aria-pressed={onlyStarred} onClick={() => setOnlyStarred(true)}>
              {t("mine.starred", { count: event.sessions.filter((session) => session.starred).length })}
            </button>
          </div>
        </div>
        <p className="small muted">{t("mine.zone", { zone: zoneLabel(zone, new Date(event.startsAt)) })}</p>
        {star.refusal && <FormError>{star.refusal.message}</FormError>}
        {shown.length === 0 && (
          <Empty icon="bookmark" title={t("mine.none.title")}>
            {t("mine.none.text")}
          </Empty>
        )}
        {days.map((day) => {
          const sessions = shown.filter((session) => dayKey(session.startsAt, zone) === day);
          return (
            <section key={day} aria-labelledby={`day-${day}`}>
              <h2 className="h4" id={`day-${day}`}>
                {formatDayLong(sessions[0]?.startsAt ?? event.startsAt, zone)}
              </h2>
              <ul className="my-agenda-list">
                {sessions.map((session) => (
                  <Entry
                    key={session.id}
                    session={session}
                    zone={zone}
                    onStar={() => void star.run({ id: session.id, starred: !session.starred })}
                  />
                ))}
              </ul>
            </section>
          );
        })}
        <AgendaLink event={event} />
      </main>
    </div>
  );
}

function Entry({ session, zone, onStar }: { session: Session; zone: string; onStar: () => void }) {
  const { t } = useAgendaText();
  return (
    <li>
      <div className="grow">
        <p className="small muted">
          {formatTimeRange(session.startsAt, session.endsAt, zone)} · {session.room.name}
        </p>
        <p>
          <b>{session.title}</b>
        </p>
        {session.speakers.length > 0 && (
          <p className="small muted">{session.speakers.map((speaker) => speaker.name).join(", ")}</p>
        )}
      </div>
      <button
        type="button"
        className="btn ghost icon my-agenda-star"
        aria-pressed={session.starred}
        aria-label={t("mine.star", { title: session.title })}
        onClick={onStar}
      >
        <Icon name="bookmark" />
      </button>
    </li>
  );
}
