import { useState } from "react";
import { Link } from "wouter";
import { formatCalendarDay } from "../organize/calendarDay.ts";
import { type DeskPageProps, type DeskRoom, type DeskSession, deskPath } from "../organize/desk.ts";
import { useOrganizeText } from "../organize/text.ts";
import { Button, Empty, Icon } from "../platform/components/index.ts";
import { useTitle } from "../platform/shell/title.ts";
import { dayKey } from "../platform/time/format.ts";
import { zoneLabel } from "../platform/time/zones.ts";
import { AgendaGrid } from "./AgendaGrid.tsx";
import { ConflictList } from "./ConflictList.tsx";
import { findConflicts } from "./conflicts.ts";
import { RoomDialog } from "./RoomDialog.tsx";
import { SessionDialog } from "./SessionDialog.tsx";
import { agendaDays, layOutDay } from "./timeGrid.ts";
import "./agenda.css";

/** What is being changed: an entry, or a new one. */
type Editing = { kind: "session"; session?: DeskSession } | { kind: "room"; room?: DeskRoom };

/** The agenda of an event: its days, rooms and sessions, and what on it cannot happen. */
export function AgendaPage({ event }: DeskPageProps) {
  const { t } = useOrganizeText();
  const zone = event.timeZone;
  const days = agendaDays(event, event.sessions, zone);
  const [chosenDay, setDay] = useState(() => firstShownDay(days, zone));
  const [editing, setEditing] = useState<Editing>();
  const day = days.includes(chosenDay) ? chosenDay : (days[0] ?? chosenDay);
  const conflicts = findConflicts(event.sessions);
  const grid = layOutDay(event.sessions, day, zone);
  useTitle(t("agenda.title"), event.name);

  const show = (session: DeskSession) => {
    setDay(dayKey(session.startsAt, zone));
    // After the other day is drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(`session-${session.id}`)?.focus()));
  };

  return (
    <div className="agenda-page">
      <div className="crumb">
        <Link href={deskPath(event)}>{event.name}</Link>
        <Icon name="right" />
        <span>{t("agenda.title")}</span>
      </div>
      <div className="headrow agenda-head">
        <div className="row wrap">
          <h1 className="h2">{t("agenda.title")}</h1>
          {days.length > 1 && (
            <div className="seg" role="group" aria-label={t("agenda.day")}>
              {days.map((one) => (
                <button type="button" key={one} aria-pressed={one === day} onClick={() => setDay(one)}>
                  {formatCalendarDay(one, {
                    weekday: "short",
                    day: "numeric",
                    ...(days.length < 4 && { month: "long" }),
                  })}
                </button>
              ))}
            </div>
          )}
          <span className="small muted row agenda-zone">
            <Icon name="globe" size="sm" />
            {t("agenda.shownIn", { zone: zoneLabel(zone, new Date(event.startsAt)) })}
          </span>
        </div>
        <div className="row">
          <Button variant="line" onClick={() => setEditing({ kind: "room" })}>
            <Icon name="plus" size="sm" />
            {t("agenda.addRoom")}
          </Button>
          <Button variant="solid" disabled={event.rooms.length === 0} onClick={() => setEditing({ kind: "session" })}>
            <Icon name="plus" size="sm" />
            {t("agenda.addSession")}
          </Button>
        </div>
      </div>
      {event.rooms.length === 0 ? (
        <div className="card">
          <Empty
            icon="table"
            title={t("agenda.noRooms.title")}
            action={
              <Button variant="line" onClick={() => setEditing({ kind: "room" })}>
                {t("room.add")}
              </Button>
            }
          >
            {t("agenda.noRooms.text")}
          </Empty>
        </div>
      ) : (
        <div className="agenda-body">
          <AgendaGrid
            rooms={event.rooms}
            grid={grid}
            conflicts={conflicts}
            zone={zone}
            onSession={(session) => setEditing({ kind: "session", session })}
            onRoom={(room) => setEditing({ kind: "room", room })}
            onAdd={() => setEditing({ kind: "session" })}
          />
          <ConflictList event={event} conflicts={conflicts} onShow={show} />
        </div>
      )}
      {editing?.kind === "session" && (
        <SessionDialog
          key={editing.session?.id ?? "new"}
          event={event}
          day={day}
          session={editing.session}
          onClose={() => setEditing(undefined)}
        />
      )}
      {editing?.kind === "room" && (
        <RoomDialog
          key={editing.room?.id ?? "new"}
          event={event}
          room={editing.room}
          onClose={() => setEditing(undefined)}
        />
      )}
    </div>
  );
}

/** Today while the event runs, else its first day. */
function firstShownDay(days: string[], zone: string): string {
  const today = dayKey(Date.now(), zone);
  return days.includes(today) ? today : (days[0] ?? today);
}
