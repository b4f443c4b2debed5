import type { CSSProperties } from "react";
import type { DeskRoom, DeskSession } from "../organize/desk.ts";
import { useOrganizeText } from "../organize/text.ts";
import { Avatar, Button, Empty, Icon } from "../platform/components/index.ts";
import { formatMinutes, formatTime, formatTimeRange } from "../platform/time/format.ts";
import { roomIcon } from "../templates/TemplatePreview.tsx";
import { type Conflict, conflictsOf, type Tight } from "./conflicts.ts";
import { useAgendaText } from "./text.ts";
import type { DayGrid, GridBlock } from "./timeGrid.ts";
import type { useHold } from "./useHold.ts";

type Hands = ReturnType<typeof useHold<DeskSession>>;

interface AgendaGridProps {
  rooms: readonly DeskRoom[];
  grid: DayGrid<DeskSession>;
  conflicts: readonly Conflict<DeskSession>[];
  tight: readonly Tight<DeskSession>[];
  zone: string;
  hands: Hands;
  onSession: (session: DeskSession) => void;
  onRoom: (room: DeskRoom) => void;
  onAdd: () => void;
}

/**
 * One day: rooms across, hours down. To a screen reader, and on a phone, it is a list of rooms with their sessions in
 * order; the grid is only how a wide screen draws that list.
 */
export function AgendaGrid({ rooms, grid, conflicts, tight, zone, hands, onSession, onRoom, onAdd }: AgendaGridProps) {
  const { t } = useOrganizeText();
  const { t: words } = useAgendaText();
  const hours = Array.from({ length: grid.minutes / 60 + 1 }, (_, hour) => hour * 60);
  const style = { "--rooms": rooms.length, "--day": grid.minutes } as CSSProperties;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="agenda-scroll" tabIndex={0} aria-label={t("agenda.title")}>
      {grid.blocks.length === 0 && (
        <div className="agenda-empty">
          <Empty
            icon="cal"
            title={t("agenda.emptyDay.title")}
            action={
              <Button variant="line" onClick={onAdd}>
                {t("session.add")}
              </Button>
            }
          >
            {t("agenda.emptyDay.text")}
          </Empty>
        </div>
      )}
      <p className="sr" id="agenda-how">
        {words("move.how")}
      </p>
      <div className="agenda-grid" style={style} data-holding={hands.hold?.by}>
        <div className="agenda-times" aria-hidden="true">
          {hours.map((at) => (
            <time key={at} style={{ "--at": at } as CSSProperties}>
              {clock(grid.from + at)}
            </time>
          ))}
        </div>
        {rooms.map((room) => {
          const blocks = grid.blocks.filter((block) => block.session.room.id === room.id);
          return (
            <section className="agenda-room" key={room.id} data-room={room.id} aria-labelledby={`room-${room.id}`}>
              <header>
                <Icon name={roomIcon(room)} size="sm" />
                <h2 id={`room-${room.id}`}>
                  <button
                    type="button"
                    className="trunc"
                    aria-label={t("agenda.editRoom", { room: room.name })}
                    onClick={() => onRoom(room)}
                  >
                    {room.name}
                  </button>
                </h2>
                <span className="tiny muted only-s">{t("agenda.sessions", { count: blocks.length })}</span>
                <Icon name="edit" size="sm" className="room-edit" />
              </header>
              <ol>
                {blocks.map((block) => (
                  <SessionBlock
                    key={block.session.id}
                    block={block}
                    conflicts={conflictsOf(conflicts, block.session.id)}
                    tight={tight.find((one) => one.session.id === block.session.id)}
                    zone={zone}
                    hands={hands}
                    onOpen={() => onSession(block.session)}
                  />
                ))}
              </ol>
            </section>
          );
        })}
      </div>
    </section>
  );
}

function clock(minutes: number): string {
  const hour = Math.floor(minutes / 60) % 24;
  return `${String(hour).padStart(2, "0")}:00`;
}

interface SessionBlockProps {
  block: GridBlock<DeskSession>;
  conflicts: Conflict<DeskSession>[];
  tight: Tight<DeskSession> | undefined;
  zone: string;
  hands: Hands;
  onOpen: () => void;
}

function SessionBlock({ block, conflicts, tight, zone, hands, onOpen }: SessionBlockProps) {
  const { t } = useOrganizeText();
  const { t: words } = useAgendaText();
  const { session, at, minutes, lane, lanes } = block;
  const conflict = conflicts[0];
  const held = hands.hold?.session.id === session.id;
  const style = { "--at": at, "--len": minutes, "--lane": lane, "--lanes": lanes } as CSSProperties;
  const tone = conflict ? "bad" : session.speakers.length === 0 ? "plain" : "";
  const size = minutes < 25 ? "tight" : minutes < 50 ? "short" : "";
  return (
    <li style={style} className={["agenda-session", tone, size, held && "held"].filter(Boolean).join(" ")}>
      <button
        type="button"
        id={`session-${session.id}`}
        aria-describedby="agenda-how"
        onClick={() => hands.endsDrag() || onOpen()}
        onKeyDown={(event) => hands.onKeyDown(event, session)}
        onKeyUp={(event) => event.key === " " && event.preventDefault()}
        onPointerDown={(event) => hands.onPointerDown(event, session)}
      >
        <time>{formatTimeRange(session.startsAt, session.endsAt, zone)}</time>
        <b>{session.title}</b>
        {session.speakers.length > 0 && (
          <span className="who">
            <span className="avs">
              {session.speakers.slice(0, 3).map((speaker) => (
                <Avatar key={speaker.id} {...speaker} size="xs" />
              ))}
            </span>
            <span className="trunc">{session.speakers.map((speaker) => speaker.name).join(", ")}</span>
          </span>
        )}
        {conflict && (
          <span className="clash">
            <Icon name="warn" size="sm" />
            <ConflictWords conflict={conflict} session={session} />
          </span>
        )}
        {tight && !conflict && (
          <span
            className="buffer"
            title={words("move.bufferOf", { person: tight.person.name, room: tight.next.room.name })}
          >
            <Icon name="clock" size="sm" />
            {words("move.buffer", { next: tight.next.title })}
          </span>
        )}
        <span className="sr">{t("edit")}</span>
      </button>
      {held && (
        <span className="held-time" aria-hidden="true">
          {formatTime(session.startsAt, zone)}
        </span>
      )}
    </li>
  );
}

function ConflictWords({ conflict, session }: { conflict: Conflict<DeskSession>; session: DeskSession }) {
  const { t } = useOrganizeText();
  const other = conflict.earlier.id === session.id ? conflict.later : conflict.earlier;
  return conflict.kind === "speaker"
    ? t("agenda.alsoIn", { person: conflict.speaker?.name, room: other.room.name })
    : t("agenda.overlaps", { minutes: formatMinutes(conflict.overlapMinutes) });
}
