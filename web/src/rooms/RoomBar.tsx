import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { LiveCaptionMenu } from "../captions/LiveCaptionMenu.tsx";
import { Icon } from "../platform/components/index.ts";
import { Wordmark } from "../platform/shell/Message.tsx";
import { HandTool } from "./HandTool.tsx";
import type { LiveRoom, RoomView } from "./live.ts";
import { ReactionBar } from "./Reactions.tsx";
import type { RoomOfPage } from "./RoomPage.tsx";
import { isStaff, StaffTools } from "./StaffTools.tsx";
import { useText } from "./text.ts";
import type { HandState } from "./useHand.ts";

/** A party is asked into when there is one; what it needs comes after the room. */
const PartyInRoom = lazy(() => import("../parties/PartyInRoom.tsx"));

interface RoomBarProps {
  room: RoomOfPage;
  live: LiveRoom;
  view: RoomView;
  hand: HandState;
  soundOnly: boolean;
  onSoundOnly: (soundOnly: boolean) => void;
}

/** The few things a person does in a room. */
export function RoomBar({ room, live, view, hand, soundOnly, onSoundOnly }: RoomBarProps) {
  const { t } = useText();
  const { slug } = room.event;
  return (
    <footer className="rbot">
      <div className="row hide-s">
        <Wordmark />
      </div>
      <div className="mid">
        {view.log.stage.playlist && (
          <button type="button" className="tool" aria-pressed={soundOnly} onClick={() => onSoundOnly(!soundOnly)}>
            <Icon name="phones" />
            {t("bar.soundOnly")}
          </button>
        )}
        {room.kind === "STAGE" && !room.viewerMayBroadcast && <HandTool hand={hand} />}
        {view.log.stage.playlist && <LiveCaptionMenu live={live} broadcast={view.log.stage.broadcast} />}
        <ReactionBar live={live} />
        {view.you && (
          <Suspense fallback={null}>
            <PartyInRoom room={room} />
          </Suspense>
        )}
        {room.viewerMayBroadcast && room.kind === "STAGE" && (
          <Link className="tool" href={`/e/${slug}/studio/${room.slug}`}>
            <Icon name="live" />
            {t("bar.studio")}
          </Link>
        )}
        {isStaff(view.you) && <StaffTools room={room} tool />}
        {room.kind === "STAGE" && isStaff(view.you) && (
          <Link className="tool hide-s" href={`/e/${slug}/captions/${room.slug}`}>
            <Icon name="edit" />
            {t("bar.captionDesk")}
          </Link>
        )}
        <Link className="tool only-s" href={`/e/${slug}`}>
          <Icon name="leave" />
          {t("bar.leave")}
        </Link>
      </div>
      <div className="end hide-s">
        <Link className="tool" href={`/e/${slug}#agenda`}>
          <Icon name="cal" />
          {t("bar.agenda")}
        </Link>
        <Link className="tool leave" href={`/e/${slug}`}>
          <Icon name="leave" />
          {t("bar.leave")}
        </Link>
      </div>
    </footer>
  );
}
