import { useEffect } from "react";
import { Avatar, ButtonLink, Icon } from "../platform/components/index.ts";
import { coverArt } from "../platform/design/art.ts";
import { formatMoment } from "../platform/time/format.ts";
import { useVisitorZone, zoneLabel } from "../platform/time/zones.ts";
import { sessionNow, sessionsToCome, speakersOf } from "./agenda.ts";
import type { RoomOfPage } from "./RoomPage.tsx";
import { useText } from "./text.ts";
import { clock, useNow } from "./time.ts";
import type { StageCard, StageStatus } from "./wire.ts";

/** How often an ended stage looks for its replay, and for how long. */
const REPLAY_LOOK_MS = 3_000;
const REPLAY_LOOKS = 20;
/** Closer than this, the start is counted down. */
const COUNTDOWN_MS = 60 * 60_000;

interface HoldingCardProps {
  room: RoomOfPage;
  stage: StageStatus;
  /** False until the room told what its stage is doing. */
  known: boolean;
  refresh: () => void;
}

/** Holds the place of the picture: before, between, and after. */
export function HoldingCard({ room, stage, known, refresh }: HoldingCardProps) {
  const { t } = useText();
  return (
    <>
      <img className="still hold-art" src={room.event.coverUrl ?? coverArt("still-dots")} alt="" />
      {stage.state === "ended" ? (
        <Ended room={room} stage={stage} refresh={refresh} />
      ) : stage.card && stage.state === "dark" ? (
        <Card card={stage.card} />
      ) : stage.state === "live" || stage.state === "interrupted" || !known ? (
        <div className="hold">
          <h2 className="h2">{stage.state === "live" ? t("stage.arriving") : t("connecting")}</h2>
          <span className="run" aria-hidden="true" />
        </div>
      ) : (
        <Dark room={room} />
      )}
    </>
  );
}

/** What the crew wrote for the time before, between and after. */
function Card({ card }: { card: StageCard }) {
  const { t } = useText();
  const now = useNow();
  const left = card.until ? card.until - now : 0;
  return (
    <div className="hold" data-testid="stage-card">
      {card.clip && (
        <video className="hold-art" src={card.clip} autoPlay loop muted playsInline tabIndex={-1} aria-hidden="true" />
      )}
      <h2 className="h2">{card.title}</h2>
      {card.text && <p className="soft">{card.text}</p>}
      {left > 0 && <p className="hold-when num">{t("stage.goesOnIn", { time: clock(left) })}</p>}
    </div>
  );
}

function Dark({ room }: { room: RoomOfPage }) {
  const { t } = useText();
  const now = useNow();
  const zone = useVisitorZone();
  const session = sessionNow(room.sessions, now) ?? sessionsToCome(room.sessions, now)[0];
  const until = session ? new Date(session.startsAt).getTime() - now : 0;
  return (
    <div className="hold">
      {session && session.speakers.length > 0 && (
        <span className="avs">
          {session.speakers.slice(0, 4).map((speaker) => (
            <Avatar
              key={speaker.id}
              name={speaker.name}
              photoUrl={speaker.photoUrl}
              portrait={speaker.portrait}
              size="lg"
            />
          ))}
        </span>
      )}
      <h2 className="h2">{session?.title ?? t("stage.dark")}</h2>
      {session && <p className="soft">{speakersOf(session)}</p>}
      {session && until > 0 && (
        <p className="hold-when num">
          {until < COUNTDOWN_MS
            ? t("stage.startsIn", { time: clock(until) })
            : t("stage.startsAt", {
                time: `${formatMoment(session.startsAt, zone)} (${zoneLabel(zone, new Date(session.startsAt))})`,
              })}
        </p>
      )}
      {session && until <= 0 && <p className="hold-when">{t("stage.startsSoon")}</p>}
      <p className="soft hide-s">{t("stage.darkText")}</p>
      {room.viewerMayBroadcast && (
        <ButtonLink href={`/e/${room.event.slug}/studio/${room.slug}`} variant="quiet">
          <Icon name="live" />
          {t("openStudio")}
        </ButtonLink>
      )}
    </div>
  );
}

function Ended({ room, stage, refresh }: { room: RoomOfPage; stage: StageStatus; refresh: () => void }) {
  const { t } = useText();
  const replay = room.event.replays.find((made) => made.id === stage.broadcast);
  const waiting = !replay;
  useEffect(() => {
    if (!waiting) return;
    let looks = 0;
    const timer = setInterval(() => {
      if (++looks > REPLAY_LOOKS) clearInterval(timer);
      else refresh();
    }, REPLAY_LOOK_MS);
    return () => clearInterval(timer);
  }, [waiting, refresh]);
  return (
    <div className="hold">
      <h2 className="h2">{stage.card?.kind === "ended" ? stage.card.title : t("stage.ended")}</h2>
      {stage.card?.kind === "ended" && stage.card.text && <p className="soft">{stage.card.text}</p>}
      <p className="soft">{stage.speaker ? t("stage.endedText", { name: stage.speaker }) : t("stage.endedNobody")}</p>
      {replay ? (
        <ButtonLink href={`/e/${room.event.slug}/replays/${replay.id}`} variant="quiet">
          <Icon name="play" />
          {t("stage.watchReplay")}
        </ButtonLink>
      ) : (
        <p className="soft small">{t("stage.replaySoon")}</p>
      )}
    </div>
  );
}
