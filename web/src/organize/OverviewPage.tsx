import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { Link } from "wouter";
import { dayOf, daysBetween, toWallClock } from "../events/wallClock.ts";
import { RegistrationsByDayDocument } from "../gql/graphql.ts";
import { Icon } from "../platform/components/index.ts";
import { useTitle } from "../platform/shell/title.ts";
import { formatDate, formatNumber, formatTime } from "../platform/time/format.ts";
import { zoneLabel } from "../platform/time/zones.ts";
import { type DeskPageProps, deskPath, stagesOf, studioPath } from "./desk.ts";
import { EventActions } from "./EventActions.tsx";
import { ReadyForTheDay } from "./ReadyForTheDay.tsx";
import { RegistrationChart } from "./RegistrationChart.tsx";
import { doors, readiness } from "./readiness.ts";
import { StatusBadge } from "./StatusBadge.tsx";
import { useOrganizeText } from "./text.ts";

/** How the event stands: how far away, how full, and what still needs the organizer. */
export function OverviewPage({ event }: DeskPageProps) {
  const { t } = useOrganizeText();
  const now = useMinute();
  const facts = readiness(event);
  const [{ data }] = useQuery({ query: RegistrationsByDayDocument, variables: { id: event.id } });
  const days = data?.event?.registrationsByDay;
  useTitle(t("overview.title"), event.name);

  return (
    <>
      <div className="crumb">
        <Link href="/organize">{event.organization.name}</Link>
        <Icon name="right" />
        <span>{event.name}</span>
      </div>
      <div className="headrow">
        <div>
          <h1 className="h2">
            <DoorsSentence event={event} now={now} />
          </h1>
          <p className="muted overview-sub">
            {t("overview.when", {
              date: formatDate(event.startsAt, event.timeZone),
              time: formatTime(event.startsAt, event.timeZone),
              zone: zoneLabel(event.timeZone, new Date(event.startsAt)),
            })}{" "}
            {stateSentence(event.status, t)},{" "}
            {t("overview.needs", { count: facts.filter((fact) => !fact.done).length })}
          </p>
        </div>
        <EventActions event={event} />
      </div>
      <div className="desk-grid">
        <Stats event={event} today={dayOf(toWallClock(now, event.timeZone))} days={days} />
        <RegistrationChart
          event={event}
          days={days}
          today={dayOf(toWallClock(now, event.timeZone))}
          forecast={data?.event?.forecast}
        />
        <ReadyForTheDay event={event} facts={facts} />
        <Studios event={event} />
      </div>
    </>
  );
}

function stateSentence(status: string, t: ReturnType<typeof useOrganizeText>["t"]): string {
  if (status === "DRAFT") return t("overview.draft");
  return status === "PUBLISHED" ? t("overview.registrationOpen") : t("overview.closed");
}

function DoorsSentence({ event, now }: DeskPageProps & { now: number }) {
  const { t } = useOrganizeText();
  const when = doors(event, now);
  if (when.state === "open") return t("overview.open");
  if (when.state === "over") return t("overview.over");
  const key = when.hours >= 36 ? "days" : when.minutes >= 90 ? "hours" : "minutes";
  const count = when[key];
  return <span className="num">{t(`overview.${key}`, { count })}</span>;
}

function Stats({
  event,
  today,
  days,
}: DeskPageProps & { today: string; days: { day: string; count: number }[] | undefined }) {
  const { t } = useOrganizeText();
  const thisWeek = (days ?? [])
    .filter(({ day }) => daysBetween(day, today) < 7)
    .reduce((sum, { count }) => sum + count, 0);
  const capacity = event.ticketTypes.reduce((sum, ticket) => sum + ticket.capacity, 0);
  const taken = event.ticketTypes.reduce((sum, ticket) => sum + ticket.capacity - ticket.remaining, 0);
  const invited = event.speakers.filter((speaker) => speaker.invitedAt).length;
  return (
    <div className="stats">
      <div className="stat">
        <span className="label">{t("stats.registered")}</span>
        <b>{formatNumber(event.registrationCount)}</b>
        {thisWeek > 0 ? (
          <span className="delta up-t">
            <Icon name="upv" size="sm" />
            {t("stats.week", { count: thisWeek })}
          </span>
        ) : (
          <span className="tiny muted">{t("stats.weekNone")}</span>
        )}
      </div>
      <div className="stat">
        <span className="label">{t("stats.capacity")}</span>
        <b>{capacity > 0 ? `${Math.round((taken / capacity) * 100)}%` : "–"}</b>
        <span className="tiny muted">{capacity > 0 ? t("stats.of", { count: capacity }) : t("stats.noTickets")}</span>
      </div>
      <div className="stat">
        <span className="label">{t("stats.speakers")}</span>
        <b>{formatNumber(event.speakers.length)}</b>
        <span className="tiny muted">
          {event.speakers.length > 0
            ? t("stats.invited", { invited, count: event.speakers.length })
            : t("stats.speakersNone")}
        </span>
      </div>
      <div className="stat">
        <span className="label">{t("stats.status")}</span>
        <span className="stat-badge">
          <StatusBadge status={event.status} />
        </span>
        <span className="tiny muted">{t(`stats.statusText.${event.status}`)}</span>
      </div>
    </div>
  );
}

function Studios({ event }: DeskPageProps) {
  const { t } = useOrganizeText();
  const stages = stagesOf(event);
  return (
    <section className="card wide" aria-labelledby="studios">
      <header>
        <div>
          <h2 className="h4" id="studios">
            {t("studios.title")}
          </h2>
          <p className="tiny muted">{stages.length > 0 ? t("studios.text") : t("studios.none")}</p>
        </div>
      </header>
      <ul className="studios">
        {(["rehearsal", "giveaways"] as const).map((page) => (
          <li key={page} className="elsewhere">
            <Icon name={page === "rehearsal" ? "rehearse" : "card"} />
            <Link className="link grow" href={deskPath(event, page)}>
              {t(`desk.${page}`)}
            </Link>
          </li>
        ))}
        {stages.map((room) => (
          <li key={room.id}>
            <Icon name="live" />
            <span className="grow trunc">{room.name}</span>
            {room.viewerMayBroadcast ? (
              <Link
                className="btn line sm"
                href={studioPath(event, room)}
                aria-label={t("studios.label", { room: room.name })}
              >
                {t("studios.open")}
              </Link>
            ) : (
              <span className="tiny muted">{t("studios.notYours")}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The time, to the minute: the heading counts down by itself. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
