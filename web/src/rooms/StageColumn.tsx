import { useEffect, useState } from "react";
import { Button, ButtonLink, Icon } from "../platform/components/index.ts";
import { formatMinutes, minutesBetween } from "../platform/time/format.ts";
import { type Session, sessionsToCome, speakersOf } from "./agenda.ts";
import { HoldingCard } from "./HoldingCard.tsx";
import type { LiveRoom, RoomView } from "./live.ts";
import { NearVideo } from "./NearVideo.tsx";
import type { PlayMode } from "./player.ts";
import { FloatingReactions } from "./Reactions.tsx";
import type { RoomOfPage } from "./RoomPage.tsx";
import { StageVideo } from "./StageVideo.tsx";
import { TroubleLine } from "./TroubleLine.tsx";
import { useText } from "./text.ts";
import { useNow } from "./time.ts";
import { useNearby } from "./useNearby.ts";

/** The next session is announced this long before it starts, in minutes; what is farther away stands in the agenda. */
const ANNOUNCED_MIN = 60;

interface StageColumnProps {
  room: RoomOfPage;
  live: LiveRoom;
  view: RoomView;
  mode: PlayMode;
  onMode: (mode: PlayMode) => void;
  refresh: () => void;
}

/** The picture, or the card that holds its place, and the quiet line under it. */
export function StageColumn({ room, live, view, mode, onMode, refresh }: StageColumnProps) {
  const { t } = useText();
  const { stage } = view.log;
  const near = useNearby(live, mode === "auto");
  const showing =
    (stage.state === "live" || stage.state === "interrupted") && (stage.playlist || stage.external) && true;
  const speaker = stage.on?.length ? stage.on.map(({ name }) => name).join(", ") : (stage.speaker ?? "");
  return (
    <>
      <div className="stage">
        <div className="glow" aria-hidden="true" />
        <section
          className={stage.state === "interrupted" || view.state === "reconnecting" ? "frame still-held" : "frame"}
          aria-label={showing ? t("stage.playing", { name: speaker }) : t("stage.label")}
        >
          {showing && stage.external ? (
            <iframe
              className="still external"
              src={stage.external}
              title={t("stage.playing", { name: speaker })}
              allow="autoplay; fullscreen; picture-in-picture; encrypted-media"
            />
          ) : showing && near ? (
            <NearVideo live={live} picture={near} speaker={speaker} onMode={onMode} />
          ) : showing && stage.playlist ? (
            <StageVideo
              live={live}
              playlist={stage.playlist}
              broadcast={stage.broadcast}
              speaker={speaker}
              named={!stage.on && !stage.card && !stage.banner}
              interrupted={stage.state === "interrupted"}
              mode={mode}
              onMode={onMode}
            />
          ) : (
            <HoldingCard room={room} stage={stage} known={view.log.seq !== undefined} refresh={refresh} />
          )}
          <FloatingReactions live={live} />
          {/* Names, cards and questions are drawn into the picture; who does not see it is told. */}
          <p className="sr" role="status">
            {showing && [stage.card?.title, stage.banner?.text].filter(Boolean).join(". ")}
          </p>
        </section>
      </div>
      <TroubleLine view={view}>
        <NextLine room={room} held={!showing} />
      </TroubleLine>
    </>
  );
}

/** What comes next. "Stay" puts it away for this session; the card that holds the stage says it already for this room. */
function NextLine({ room, held }: { room: RoomOfPage; held: boolean }) {
  const { t } = useText();
  const now = useNow();
  const [stayed, setStayed] = useState<string>();
  const next: Session | undefined = sessionsToCome(room.event.sessions, now)[0];
  useEffect(() => {
    if (stayed && next && stayed !== next.id) setStayed(undefined);
  }, [stayed, next]);
  if (!next || next.id === stayed) return null;
  const minutes = minutesBetween(new Date(now), next.startsAt);
  const elsewhere = next.room.id !== room.id && next.room.kind !== "NETWORKING";
  if (minutes > ANNOUNCED_MIN || (held && !elsewhere)) return null;
  return (
    <div className="next">
      <Icon name="clock" />
      <p className="grow trunc small">
        <b className="strong num">{t("line.nextIn", { time: formatMinutes(Math.max(1, minutes)) })}</b>{" "}
        <span className="muted">
          {[next.title, speakersOf(next), elsewhere ? next.room.name : ""].filter(Boolean).join(", ")}
        </span>
      </p>
      {elsewhere && (
        <>
          <ButtonLink href={`/e/${room.event.slug}/rooms/${next.room.slug}`} variant="quiet" size="sm">
            {t("line.go")}
          </ButtonLink>
          <Button variant="ghost" size="sm" onClick={() => setStayed(next.id)}>
            {t("line.stay")}
          </Button>
        </>
      )}
    </div>
  );
}
