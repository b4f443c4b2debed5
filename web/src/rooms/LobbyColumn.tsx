import { Badge, ButtonLink, Icon } from "../platform/components/index.ts";
import { coverArt } from "../platform/design/art.ts";
import { formatMinutes, formatTime, minutesBetween } from "../platform/time/format.ts";
import { useVisitorZone } from "../platform/time/zones.ts";
import { type Session, sessionNow, sessionsToCome, speakersOf } from "./agenda.ts";
import type { RoomView } from "./live.ts";
import type { RoomOfPage } from "./RoomPage.tsx";
import { TroubleLine } from "./TroubleLine.tsx";
import { useText } from "./text.ts";
import { useNow } from "./time.ts";

/** Where people wait and talk: what is on, what comes next, and the way there. */
export function LobbyColumn({ room, view }: { room: RoomOfPage; view: RoomView }) {
  const { t } = useText();
  const now = useNow();
  const { event } = room;
  const stages = event.rooms.filter((other) => other.kind === "STAGE");
  const onNow = stages.flatMap((stage) => {
    const session = sessionNow(
      event.sessions.filter((s) => s.room.id === stage.id),
      now,
    );
    return session ? [session] : [];
  });
  const toCome = sessionsToCome(event.sessions, now);
  const next = toCome[0];
  const over = now > new Date(event.endsAt).getTime();
  return (
    <div className="lobby scroll">
      <div className="lobby-hero">
        <img src={event.coverUrl ?? coverArt(event.coverArt)} alt="" className="lobby-cover" />
        <div className="lobby-words">
          <h2 className="h1">{t("lobby.welcome", { event: event.name })}</h2>
          <p className="lead">{over ? t("lobby.over") : event.tagline}</p>
        </div>
      </div>
      <TroubleLine view={view} />
      {onNow.map((session) => (
        <SessionCard key={session.id} room={room} session={session} now={now} on />
      ))}
      {next && <SessionCard room={room} session={next} now={now} main={onNow.length === 0} />}
      {!next && onNow.length === 0 && (
        <div className="lobby-card">
          <p className="h4">{t("lobby.nothingNext")}</p>
          <p className="muted small">{t("lobby.nothingNextText")}</p>
          <ButtonLink href={`/e/${event.slug}`} variant="quiet">
            {t("back")}
          </ButtonLink>
        </div>
      )}
      {stages.length > 0 && (
        <section className="lobby-rooms">
          <h2 className="label">{t("lobby.rooms")}</h2>
          <ul>
            {stages.map((stage) => (
              <li key={stage.id} className="lobby-room">
                <Icon name="live" />
                <span className="grow trunc strong">{stage.name}</span>
                <ButtonLink href={`/e/${event.slug}/rooms/${stage.slug}`} variant="ghost" size="sm">
                  {t("lobby.enter")} <span className="sr">{stage.name}</span>
                </ButtonLink>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="row wrap">
        <ButtonLink href={`/e/${event.slug}/people`} variant="quiet">
          <Icon name="people" size="sm" />
          {t("lobby.people")}
        </ButtonLink>
        <ButtonLink href={`/e/${event.slug}/messages`} variant="quiet">
          <Icon name="chat" size="sm" />
          {t("lobby.messages")}
        </ButtonLink>
      </p>
      {toCome.length > 1 && <ToCome sessions={toCome.slice(1, 6)} />}
    </div>
  );
}

interface SessionCardProps {
  room: RoomOfPage;
  session: Session;
  now: number;
  on?: boolean;
  main?: boolean;
}

function SessionCard({ room, session, now, on, main }: SessionCardProps) {
  const { t } = useText();
  const zone = useVisitorZone();
  const minutes = minutesBetween(new Date(now), session.startsAt);
  const stage = room.event.rooms.find((other) => other.id === session.room.id && other.kind === "STAGE");
  return (
    <article className="lobby-card">
      <p className="row wrap">
        {on ? (
          <Badge tone="accent" icon="live">
            {t("lobby.onNow")}
          </Badge>
        ) : (
          <Badge icon="clock">{t("lobby.next")}</Badge>
        )}
        <span className="small muted">
          <span className="num">{formatTime(session.startsAt, zone)}</span> · {session.room.name}
          {!on && minutes > 0 && minutes <= 90 ? ` · ${t("lobby.starts", { time: formatMinutes(minutes) })}` : ""}
        </span>
      </p>
      <h3 className="h3">{session.title}</h3>
      {session.speakers.length > 0 && <p className="muted">{speakersOf(session)}</p>}
      {stage && (
        <ButtonLink href={`/e/${room.event.slug}/rooms/${stage.slug}`} variant={on || main ? "primary" : "quiet"}>
          {t("lobby.goToStage")}
        </ButtonLink>
      )}
    </article>
  );
}

function ToCome({ sessions }: { sessions: readonly Session[] }) {
  const { t } = useText();
  const zone = useVisitorZone();
  return (
    <section className="lobby-rooms">
      <h2 className="label">{t("lobby.today")}</h2>
      <ul>
        {sessions.map((session) => (
          <li key={session.id} className="lobby-room">
            <time className="num muted" dateTime={session.startsAt}>
              {formatTime(session.startsAt, zone)}
            </time>
            <span className="grow trunc">{session.title}</span>
            <span className="tiny muted trunc">{session.room.name}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
