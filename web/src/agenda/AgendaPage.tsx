import { useState } from "react";
import { Link } from "wouter";
import { formatCalendarDay } from "../organize/calendarDay.ts";
import { type DeskPageProps, type DeskRoom, type DeskSession, deskPath } from "../organize/desk.ts";
import { useOrganizeText } from "../organize/text.ts";
import { Button, Empty, FormError, Icon } from "../platform/components/index.ts";
import { useTitle } from "../platform/shell/title.ts";
import { dayKey, formatTimeRange } from "../platform/time/format.ts";
import { zoneLabel } from "../platform/time/zones.ts";
import { AgendaFilesDialog } from "./AgendaFilesDialog.tsx";
import { AgendaGrid } from "./AgendaGrid.tsx";
import { ConflictList } from "./ConflictList.tsx";
import { conflictsOf, findConflicts, findTight } from "./conflicts.ts";
import { type Place, samePlace, withPlaces } from "./places.ts";
import { RoomDialog } from "./RoomDialog.tsx";
import { SessionDialog } from "./SessionDialog.tsx";
import { useAgendaText } from "./text.ts";
import { agendaDays, layOutDay } from "./timeGrid.ts";
import { useHold } from "./useHold.ts";
import { useMoves } from "./useMoves.ts";
import "./agenda.css";

/** What is being changed: an entry, or a new one. */
type Editing = { kind: "session"; session?: DeskSession } | { kind: "room"; room?: DeskRoom } | { kind: "files" };

/** The agenda of an event: its days, rooms and sessions, and what on it cannot happen. */
export function AgendaPage({ event }: DeskPageProps) {
  const { t } = useOrganizeText();
  const { t: words } = useAgendaText();
  const zone = event.timeZone;
  const moves = useMoves(event.sessions);
  const sessions = withPlaces(event.sessions, moves.ahead, event.rooms);
  const days = agendaDays(event, sessions, zone);
  const [chosenDay, setDay] = useState(() => firstShownDay(days, zone));
  const [editing, setEditing] = useState<Editing>();
  const day = days.includes(chosenDay) ? chosenDay : (days[0] ?? chosenDay);
  const [said, setSaid] = useState("");
  const shown = layOutDay(sessions, day, zone);

  const sentence = (key: "grabbed" | "at" | "dropped" | "undone" | "redone", title: string, place: Place) =>
    words(`move.${key}`, {
      title,
      time: formatTimeRange(place.startsAt, place.endsAt, zone),
      room: event.rooms.find((room) => room.id === place.room)?.name,
    });
  const hands = useHold<DeskSession>({
    rooms: event.rooms,
    zone,
    from: shown.from,
    to: shown.from + shown.minutes,
    onPick: (session) => setSaid(sentence("grabbed", session.title, { ...session, room: session.room.id })),
    onPlace: (session, place) => {
      const there = withPlaces(sessions, { [session.id]: place }, event.rooms);
      const rival = conflictsOf(findConflicts(there), session.id)[0];
      const other = rival && (rival.earlier.id === session.id ? rival.later : rival.earlier);
      setSaid(
        [sentence("at", session.title, place), other && words("move.conflict", { other: other.title })]
          .filter(Boolean)
          .join(" "),
      );
    },
    onPutBack: (session) => {
      setSaid(words("move.back", { title: session.title }));
      focusSession(session.id);
    },
    onDrop: (session, place) => void put(session, place),
  });
  const put = async (session: DeskSession, place: Place) => {
    const known = event.sessions.find((one) => one.id === session.id);
    focusSession(session.id);
    if (!known || samePlace({ ...session, room: session.room.id }, place)) {
      setSaid(words("move.back", { title: session.title }));
      return;
    }
    if (await moves.move(known, place)) setSaid(sentence("dropped", session.title, place));
    else setSaid("");
    focusSession(session.id);
  };
  const step = async (which: "undo" | "redo") => {
    const done = await moves[which]();
    const place = done && (which === "undo" ? done.from : done.to);
    setSaid(done && place ? sentence(which === "undo" ? "undone" : "redone", done.title, place) : "");
    if (place) setDay(dayKey(place.startsAt, zone));
  };

  const there = hands.hold
    ? withPlaces(sessions, { [hands.hold.session.id]: hands.hold.place }, event.rooms)
    : sessions;
  const conflicts = findConflicts(there);
  // While a pointer holds one the hours stay where they are, or everything would slip away under it.
  const grid = hands.hold?.by === "pointer" ? layOutDay(there, day, zone, shown) : layOutDay(there, day, zone);
  useTitle(t("agenda.title"), event.name);

  const show = (session: DeskSession) => {
    setDay(dayKey(session.startsAt, zone));
    // After the other day is drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(`session-${session.id}`)?.focus()));
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys for what the buttons below do
    <div
      className="agenda-page"
      onKeyDown={(pressed) => {
        const typing = (pressed.target as HTMLElement).closest("input, textarea, select, dialog");
        if (typing || hands.hold || !(pressed.ctrlKey || pressed.metaKey) || pressed.key.toLowerCase() !== "z") return;
        pressed.preventDefault();
        void step(pressed.shiftKey ? "redo" : "undo");
      }}
    >
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
        <div className="row wrap">
          <Button
            variant="ghost"
            icon
            aria-label={words("move.undo")}
            disabled={!moves.canUndo}
            onClick={() => void step("undo")}
          >
            <Icon name="undo" />
          </Button>
          <Button
            variant="ghost"
            icon
            className="agenda-redo"
            aria-label={words("move.redo")}
            disabled={!moves.canRedo}
            onClick={() => void step("redo")}
          >
            <Icon name="undo" />
          </Button>
          <Button variant="line" onClick={() => setEditing({ kind: "files" })}>
            <Icon name="doc" size="sm" />
            {words("files.open")}
          </Button>
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
      <p className="sr" role="status">
        {said}
      </p>
      {moves.refusal && <FormError>{moves.refusal.message}</FormError>}
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
            tight={findTight(there)}
            zone={zone}
            hands={hands}
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
      {editing?.kind === "files" && <AgendaFilesDialog event={event} onClose={() => setEditing(undefined)} />}
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

/** The focus on a session, once it is drawn where it is now. */
function focusSession(id: string): void {
  requestAnimationFrame(() => document.getElementById(`session-${id}`)?.focus({ preventScroll: true }));
}

/** Today while the event runs, else its first day. */
function firstShownDay(days: string[], zone: string): string {
  const today = dayKey(Date.now(), zone);
  return days.includes(today) ? today : (days[0] ?? today);
}
