import "./queue.css";
import { ButtonLink, Icon } from "../platform/components/index.ts";
import { coverArt } from "../platform/design/art.ts";
import { formatNumber, formatTime } from "../platform/time/format.ts";
import { useVisitorZone, zoneLabel } from "../platform/time/zones.ts";
import { type Session, sessionNow, sessionsToCome } from "./agenda.ts";
import { HALL, insideRows, lineAround } from "./hall.ts";
import { waitOf } from "./queue.ts";
import type { RoomOfPage } from "./RoomPage.tsx";
import { useText } from "./text.ts";
import { useNow } from "./time.ts";
import type { Place } from "./wire.ts";

/** The agenda beside the line names this many sessions. */
const SESSIONS = 5;

interface QueueScreenProps {
  room: RoomOfPage;
  place: Place;
  reconnecting: boolean;
}

/** The line before a room that many people enter at once: our place in it, how long it takes, and what is on. */
export function QueueScreen({ room, place, reconnecting }: QueueScreenProps) {
  const { t } = useText();
  const wait = waitOf(place);
  return (
    <>
      <a className="skip" href="#main">
        {t("queue.skip")}
      </a>
      <div className="queue-page">
        <header className="rtop">
          <img className="queue-cover" src={room.event.coverUrl ?? coverArt(room.event.coverArt)} alt="" />
          <p className="grow trunc">
            <b className="strong">{room.event.name}</b> <span className="muted">· {room.name}</span>
          </p>
        </header>
        <main id="main" className="queue-main">
          <Hall place={place} />
          <div className="queue-place">
            <h1 className="label">{t("queue.label")}</h1>
            <p className="queue-number" data-testid="queue-place">
              <b className="num">{formatNumber(place.place)}</b>{" "}
              <span className="muted num">{t("queue.of", { people: formatNumber(place.people) })}</span>
            </p>
            <div className="queue-text">
              <p className="lead">
                <b className="strong">{t(`queue.${wait.unit}`, { count: wait.count })}</b>{" "}
                <span className="muted">{t("queue.next")}</span>
              </p>
              <p className="row small muted">
                <Icon name={reconnecting ? "weak" : "lock"} size="sm" />
                {reconnecting ? t("queue.reconnecting") : t("queue.kept")}
              </p>
              <div className="row wrap">
                <ButtonLink href={`/e/${room.event.slug}`} variant="line">
                  {t("queue.leave")}
                </ButtonLink>
              </div>
            </div>
          </div>
        </main>
        <Meanwhile room={room} />
      </div>
    </>
  );
}

/** A drawing of the line: the room, those before us, us, those after us. The words beside it say the same. */
function Hall({ place }: { place: Place }) {
  const { t } = useText();
  const { before, you, after } = lineAround(place);
  const dot = ({ x, y }: { x: number; y: number }, r: number) => (
    <circle key={`${Math.round(x)} ${Math.round(y)}`} cx={Math.round(x)} cy={Math.round(y)} r={r} />
  );
  return (
    <div className="queue-hall">
      <svg aria-hidden="true" viewBox={`0 0 ${HALL.width} ${HALL.height}`} preserveAspectRatio="xMidYMin slice">
        <circle className="sun" cx={HALL.x} cy={HALL.y} r="20" />
        {insideRows.map((seats, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its index
          <g key={index} className="inside" opacity={0.96 - index * 0.05}>
            {seats.map((seat) => dot(seat, 6))}
          </g>
        ))}
        <g className="before">{before.map((seat) => dot(seat, 5.2))}</g>
        <g className="after">{after.map((seat) => dot(seat, 5.2))}</g>
        <g className="you">
          <circle className="clear" cx={you.x} cy={you.y} r="15" />
          <circle cx={you.x} cy={you.y} r="10" />
          <rect className="clear" x={you.x - 28} y={you.y + 14} width="56" height="28" rx="8" />
          <text x={you.x} y={you.y + 35} textAnchor="middle">
            {t("queue.you")}
          </text>
        </g>
      </svg>
    </div>
  );
}

/** Something to look at while waiting: what is on, and what comes. */
function Meanwhile({ room }: { room: RoomOfPage }) {
  const { t } = useText();
  const now = useNow();
  const zone = useVisitorZone();
  const { sessions } = room.event;
  const on = sessionNow(room.sessions, now);
  const shown: Session[] = [...(on ? [on] : []), ...sessionsToCome(sessions, now)].slice(0, SESSIONS);
  if (shown.length === 0) return null;
  return (
    <aside className="queue-aside" aria-label={t("queue.meanwhile")}>
      <section>
        <div className="queue-head">
          <h2 className="h4">{t("queue.today")}</h2>
          <span className="tiny muted">{zoneLabel(zone, new Date(now))}</span>
        </div>
        <ul>
          {shown.map((session) => (
            <li key={session.id}>
              <time className="num" dateTime={session.startsAt}>
                {formatTime(session.startsAt, zone)}
              </time>
              <div className="grow">
                <p className="strong">{session.title}</p>
                <p className="tiny muted">
                  {session === on ? `${t("lobby.onNow")} · ` : ""}
                  {session.room.name}
                </p>
              </div>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  );
}
