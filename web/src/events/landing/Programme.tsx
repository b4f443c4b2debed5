import { useMemo, useState } from "react";
import { Link } from "wouter";
import type { RoomKind } from "../../gql/graphql.ts";
import { Avatar } from "../../platform/components/Avatar.tsx";
import { LiveBadge } from "../../platform/components/Badge.tsx";
import { Icon } from "../../platform/components/Icon.tsx";
import { Empty } from "../../platform/components/States.tsx";
import type { IconName } from "../../platform/icons/names.ts";
import { formatDayShort, formatMinutes, formatTime, minutesBetween } from "../../platform/time/format.ts";
import { useVisitorZone, zoneLabel } from "../../platform/time/zones.ts";
import type { LandingEvent, LandingSession } from "../event.ts";
import { daysOf } from "../programme.ts";
import { useText } from "../text.ts";

const kindIcons: Record<RoomKind, IconName> = { LOBBY: "home", STAGE: "live", NETWORKING: "party", BACKSTAGE: "live" };

interface ProgrammeProps {
  event: LandingEvent;
  now: Date;
  /** The visitor may go into the rooms: titles become links. */
  open: boolean;
}

/** What happens when, on the visitor's clock: a day at a time, all rooms or one. */
export function Programme({ event, now, open }: ProgrammeProps) {
  const { t } = useText();
  const zone = useVisitorZone();
  const [chosenDay, setChosenDay] = useState<string>();
  const [room, setRoom] = useState<string>();
  const days = useMemo(() => daysOf(event.sessions, zone), [event.sessions, zone]);
  const rooms = event.rooms.filter((r) => event.sessions.some((s) => s.room.id === r.id));
  const day = days.find((d) => d.key === chosenDay) ?? days[0];
  const slots = day?.slots
    .map((slot) => ({ ...slot, sessions: slot.sessions.filter((s) => !room || s.room.id === room) }))
    .filter((slot) => slot.sessions.length > 0);
  return (
    <section className="sec" id="programme" aria-labelledby="programme-title">
      <div className="row between wrap head">
        <h2 className="h2" id="programme-title">
          {t("programme")}
        </h2>
        {days.length > 1 && (
          <div className="seg" role="group" aria-label={t("day")}>
            {days.map((d) => (
              <button type="button" key={d.key} aria-pressed={d === day} onClick={() => setChosenDay(d.key)}>
                {formatDayShort(d.startsAt, zone)}
              </button>
            ))}
          </div>
        )}
      </div>
      {rooms.length > 1 && (
        <div className="row wrap filters" role="group" aria-label={t("room")}>
          <button type="button" className="chip" aria-pressed={!room} onClick={() => setRoom(undefined)}>
            {t("allRooms")}
          </button>
          {rooms.map((r) => (
            <button
              type="button"
              className="chip"
              key={r.id}
              aria-pressed={room === r.id}
              onClick={() => setRoom(room === r.id ? undefined : r.id)}
            >
              <Icon name={kindIcons[r.kind]} size="sm" />
              {r.name}
            </button>
          ))}
        </div>
      )}
      {!slots && (
        <Empty icon="cal" title={t("emptyProgramme")}>
          {t("emptyProgrammeText")}
        </Empty>
      )}
      {slots && (
        <>
          <div className="ag">
            {slots.map((slot) => (
              <div className="slot" key={slot.startsAt}>
                <time dateTime={slot.startsAt}>
                  {formatTime(slot.startsAt, zone)} <small>{slotLength(slot.sessions)}</small>
                </time>
                <div className="par">
                  {slot.sessions.map((session) => (
                    <SessionEntry key={session.id} event={event} session={session} now={now} open={open} />
                  ))}
                </div>
              </div>
            ))}
          </div>
          {day && (
            <p className="tiny muted zone-note">{t("timesIn", { zone: zoneLabel(zone, new Date(day.startsAt)) })}</p>
          )}
        </>
      )}
    </section>
  );
}

function slotLength(sessions: LandingSession[]): string {
  const lengths = sessions.map((s) => minutesBetween(s.startsAt, s.endsAt));
  return formatMinutes(Math.max(...lengths));
}

interface SessionEntryProps {
  event: LandingEvent;
  session: LandingSession;
  now: Date;
  open: boolean;
}

function SessionEntry({ event, session, now, open }: SessionEntryProps) {
  const { t } = useText();
  const isOn = new Date(session.startsAt) <= now && now < new Date(session.endsAt);
  return (
    <article className="ses">
      <h3>
        {open ? <Link href={`/e/${event.slug}/rooms/${session.room.slug}`}>{session.title}</Link> : session.title}
      </h3>
      <div className="by">
        <span className="trk">
          <Icon name={kindIcons[session.room.kind]} size="sm" />
          {session.room.name}
        </span>
        {session.speakers.length > 0 && (
          <>
            <span className="avs">
              {session.speakers.map((speaker) => (
                <Avatar key={speaker.id} {...speaker} size="xs" />
              ))}
            </span>
            {session.speakers.map((speaker) => speaker.name).join(", ")}
          </>
        )}
        {isOn && <LiveBadge>{t("now")}</LiveBadge>}
      </div>
      {session.summary && <p className="about">{session.summary}</p>}
    </article>
  );
}
