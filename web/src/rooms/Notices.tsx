import "./notices.css";
import { useCallback, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useOnReturn, useTold } from "../attend/index.ts";
import { GiveawayLine } from "../giveaways/GiveawayLine.tsx";
import { NoticesDocument } from "../gql/graphql.ts";
import { Button, Icon } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import type { LiveRoom } from "./live.ts";
import { MentionLines } from "./MentionLines.tsx";
import { byOurClock, type MoveNow, type NoticesNow, shown } from "./notices.ts";
import { useText } from "./text.ts";
import { useNow } from "./time.ts";
import type { Told } from "./wire.ts";

/** Moves that this tab has answered, by going or by staying: a reload must not ask again. */
const ANSWERED = "plenary.moves";

/** What the staff says to everybody here, told as it happens and asked for whenever the room was joined (again). */
export function useRoomNotices(live: LiveRoom): NoticesNow | undefined {
  const [notices, setNotices] = useState<NoticesNow>();
  const take = useCallback((told: NoticesNow) => setNotices(byOurClock(told, Date.now())), []);
  useEffect(
    () =>
      live.hear<Told>("Told", ({ about, data }) => {
        if (about === "notices") take(JSON.parse(data) as NoticesNow);
      }),
    [live, take],
  );
  useEffect(
    () =>
      live.onLine((joined) => {
        if (joined)
          send(NoticesDocument, { room: live.room }).then(
            ({ notices: answer }) => take(answer),
            () => undefined, // Asked again with the next connection.
          );
      }),
    [live, take],
  );
  return notices;
}

/** The same for pages that are in no room: what is said to everybody at the event. */
export function EventNotices({ event }: { event: { id: string; slug: string } }) {
  const [notices, setNotices] = useState<NoticesNow>();
  useTold<NoticesNow>(event.id, "notices", (told) => setNotices(byOurClock(told, Date.now())));
  useOnReturn(event.id, () => {
    send(NoticesDocument, { event: event.id }).then(
      ({ notices: answer }) => setNotices(byOurClock(answer, Date.now())),
      () => undefined, // Asked again with the next connection.
    );
  });
  return (
    <div className="notices-page">
      <Lines notices={notices} event={event} />
    </div>
  );
}

interface NoticeLinesProps {
  room: { event: { id: string; slug: string } };
  live: LiveRoom;
}

/** Quiet lines: what was announced, and where everybody is brought. */
export function NoticeLines({ room, live }: NoticeLinesProps) {
  const notices = useRoomNotices(live);
  return <Lines notices={notices} event={room.event} here={live.room} />;
}

interface LinesProps {
  notices: NoticesNow | undefined;
  event: { id: string; slug: string };
  here?: string | undefined;
}

function Lines({ notices, event, here }: LinesProps) {
  const { t } = useText();
  const now = useNow();
  const [put, setPut] = useState<readonly string[]>([]);
  const announcements = shown(notices, now, put);
  const move = useMove(notices?.move ?? undefined, event.slug);
  return (
    <div className="notices" role="status">
      <GiveawayLine event={event} />
      {move.now && (
        <div className="next" data-testid="move">
          <Icon name="live" />
          <p className="grow small">
            <b className="strong">{t("move.title", { room: move.now.name })}</b>{" "}
            {/* Counted aloud it would never be silent: it is said once, and seen. */}
            <span className="muted num" aria-hidden="true">
              {t("move.in", { count: Math.max(0, Math.floor((move.now.goesAt - now) / 1000)) })}
            </span>
          </p>
          <Button variant="ghost" size="sm" onClick={move.stay}>
            {t("move.stay")}
          </Button>
          <Button variant="primary" size="sm" onClick={move.go}>
            {t("move.go")}
          </Button>
        </div>
      )}
      {announcements.map((one) => (
        <div className="next" key={one.id} data-testid="announcement">
          <Icon name="bell" />
          <p className="grow small">
            <b className="strong">{one.text}</b> <span className="muted">{one.by}</span>
          </p>
          <Button
            variant="ghost"
            size="sm"
            icon
            aria-label={t("announcement.close")}
            onClick={() => setPut((all) => [...all, one.id])}
          >
            <Icon name="x" size="sm" />
          </Button>
        </div>
      ))}
      <MentionLines event={event} here={here} />
    </div>
  );
}

/** Goes along when it is time, unless somebody stays. */
function useMove(move: MoveNow | undefined, event: string) {
  const [, navigate] = useLocation();
  const [answered, setAnswered] = useState<readonly string[]>(() =>
    JSON.parse(sessionStorage.getItem(ANSWERED) ?? "[]"),
  );
  const open = move && !answered.includes(move.id) ? move : undefined;
  const answer = useCallback((id: string) => {
    setAnswered((all) => {
      const next = [...all, id].slice(-20);
      sessionStorage.setItem(ANSWERED, JSON.stringify(next));
      return next;
    });
  }, []);
  const go = useCallback(() => {
    if (!open) return;
    answer(open.id);
    navigate(`/e/${event}/rooms/${open.slug}`);
  }, [open, answer, navigate, event]);
  useEffect(() => {
    if (!open) return;
    const timer = setTimeout(go, Math.max(0, open.goesAt - Date.now()));
    return () => clearTimeout(timer);
  }, [open, go]);
  return { now: open, go, stay: () => open && answer(open.id) };
}
