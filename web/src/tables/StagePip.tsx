import { type PointerEvent, useEffect, useRef, useState } from "react";
import { useQuery } from "urql";
import { StagesOfDocument } from "../gql/graphql.ts";
import { Button, ButtonLink, Icon, LiveBadge } from "../platform/components/index.ts";
import type { LiveRoom } from "../rooms/live.ts";
import { StagePlayer } from "../rooms/player.ts";
import type { RoomOfPage } from "../rooms/RoomPage.tsx";
import { useLiveRoom, useRoomView } from "../rooms/useLiveRoom.ts";
import { useTablesText } from "./text.ts";

/** With several stages, which of them is live is asked so often; one stage tells by itself. */
const LOOK_MS = 8_000;

type StageRoom = RoomOfPage["event"]["rooms"][number];

/** The event's live stage in a corner, without sound until it is asked for. Nobody's conversation ends for it. */
export function StagePip({ room }: { room: RoomOfPage }) {
  const stages = room.event.rooms.filter(({ kind }) => kind === "STAGE");
  const stage = useLiveStage(room.event.slug, stages);
  return stage ? <PipOf key={stage.id} room={room} stage={stage} /> : null;
}

function useLiveStage(event: string, stages: readonly StageRoom[]): StageRoom | undefined {
  const several = stages.length > 1;
  const [{ data }, ask] = useQuery({ query: StagesOfDocument, variables: { event }, pause: !several });
  useEffect(() => {
    if (!several) return;
    const again = setInterval(() => ask({ requestPolicy: "network-only" }), LOOK_MS);
    return () => clearInterval(again);
  }, [several, ask]);
  if (!several) return stages[0];
  const on = data?.event?.rooms.find(({ stage }) => stage?.state === "LIVE" || stage?.state === "INTERRUPTED");
  return stages.find(({ id }) => id === on?.id);
}

function PipOf({ room, stage }: { room: RoomOfPage; stage: StageRoom }) {
  const live = useLiveRoom(stage.id, room.event.id);
  return live ? <Pip live={live} room={room} stage={stage} /> : null;
}

const CORNERS = ["br", "bl", "tl", "tr"] as const;
type Corner = (typeof CORNERS)[number];

function Pip({ live, room, stage }: { live: LiveRoom; room: RoomOfPage; stage: StageRoom }) {
  const { t } = useTablesText();
  const { stage: now } = useRoomView(live).log;
  const on = now.state === "live" || now.state === "interrupted";
  const [hidden, setHidden] = useState<string>();
  const [corner, setCorner] = useState<Corner>("br");
  const box = useRef<HTMLElement>(null);
  const drag = useDrag(box, setCorner);
  const broadcast = now.broadcast ?? "";
  if (!on) return null;
  const speaker = now.on?.length ? now.on.map(({ name }) => name).join(", ") : (now.speaker ?? "");
  const href = `/e/${room.event.slug}/rooms/${stage.slug}`;
  if (hidden === broadcast)
    return (
      <Button className="pip-back" variant="quiet" size="sm" onClick={() => setHidden(undefined)}>
        <LiveBadge>{t("pip.live")}</LiveBadge>
        {stage.name}
      </Button>
    );
  return (
    <aside
      ref={box}
      className="pip"
      data-corner={corner}
      aria-label={t("pip.label", { stage: stage.name })}
      data-testid="pip"
    >
      <div className="tile" {...drag}>
        {now.playlist ? (
          <PipVideo
            live={live}
            playlist={now.playlist}
            interrupted={now.state === "interrupted"}
            label={t("pip.of", { name: speaker || stage.name })}
          />
        ) : (
          <p className="pip-elsewhere small">{t("pip.elsewhere")}</p>
        )}
        <span className="pip-live">
          <LiveBadge>{t("pip.live")}</LiveBadge>
        </span>
      </div>
      <div className="row small pip-foot">
        <p className="grow trunc">
          <b className="strong">{stage.name}</b> <span className="muted hide-s">{speaker}</span>
        </p>
        <PipSound box={box} />
        <Button
          variant="ghost"
          size="sm"
          icon
          className="hide-s"
          aria-label={t("pip.move")}
          onClick={() => setCorner(CORNERS[(CORNERS.indexOf(corner) + 1) % CORNERS.length] ?? "br")}
        >
          <Icon name="grip" size="sm" />
        </Button>
        <ButtonLink href={href} variant="ghost" size="sm" icon aria-label={t("pip.go", { stage: stage.name })}>
          <Icon name="expand" size="sm" />
        </ButtonLink>
        <Button variant="ghost" size="sm" icon aria-label={t("pip.hide")} onClick={() => setHidden(broadcast)}>
          <Icon name="x" size="sm" />
        </Button>
      </div>
    </aside>
  );
}

interface PipVideoProps {
  live: LiveRoom;
  playlist: string;
  interrupted: boolean;
  label: string;
}

function PipVideo({ live, playlist, interrupted, label }: PipVideoProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [player, setPlayer] = useState<StagePlayer>();
  useEffect(() => {
    if (!video.current) return;
    // React does not write the attribute: without it a browser would start with sound.
    video.current.muted = true;
    const made = new StagePlayer(video.current, (latencyMs, stalled) => live.watching(latencyMs, stalled));
    setPlayer(made);
    return () => made.close();
  }, [live]);
  useEffect(() => player?.load(playlist), [player, playlist]);
  useEffect(() => player?.hold(interrupted), [player, interrupted]);
  return <video ref={video} muted playsInline aria-label={label} data-testid="pip-video" />;
}

function PipSound({ box }: { box: React.RefObject<HTMLElement | null> }) {
  const { t } = useTablesText();
  const [on, setOn] = useState(false);
  const toggle = () => {
    const video = box.current?.querySelector("video");
    if (!video) return;
    video.muted = on;
    setOn(!on);
  };
  return (
    <Button
      variant="ghost"
      size="sm"
      icon
      aria-pressed={on}
      aria-label={t(on ? "pip.mute" : "pip.unmute")}
      onClick={toggle}
    >
      <Icon name="speaker" size="sm" className={on ? "" : "struck"} />
    </Button>
  );
}

/** Taken by its picture and let go, it goes to the nearest corner. */
function useDrag(box: React.RefObject<HTMLElement | null>, drop: (corner: Corner) => void) {
  const from = useRef<{ x: number; y: number }>(undefined);
  const move = (event: PointerEvent) => {
    if (!from.current || !box.current) return;
    box.current.style.translate = `${event.clientX - from.current.x}px ${event.clientY - from.current.y}px`;
  };
  const end = (event: PointerEvent) => {
    if (!from.current || !box.current) return;
    from.current = undefined;
    box.current.style.translate = "";
    drop(`${event.clientY < innerHeight / 2 ? "t" : "b"}${event.clientX < innerWidth / 2 ? "l" : "r"}`);
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      from.current = { x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: move,
    onPointerUp: end,
    onPointerCancel: end,
  };
}
