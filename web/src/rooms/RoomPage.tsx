import "../platform/design/components-live.css";
import "./room.css";
import { lazy, Suspense, useMemo, useState } from "react";
import { useQuery } from "urql";
import { useParams } from "wouter";
import { useTold } from "../attend/index.ts";
import { RoomPageDocument, type RoomPageQuery } from "../gql/graphql.ts";
import { Rings } from "../messages/Rings.tsx";
import { ModeratesContext } from "../moderation/moderates.ts";
import { ButtonLink, Skeleton } from "../platform/components/index.ts";
import { brand } from "../platform/design/brand.ts";
import { roomTheme } from "../platform/design/theme.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { LobbyColumn } from "./LobbyColumn.tsx";
import type { LiveRoom } from "./live.ts";
import { NoticeLines } from "./Notices.tsx";
import { Panel, type Tab } from "./Panel.tsx";
import type { PlayMode } from "./player.ts";
import { QueueNews } from "./QueueNews.tsx";
import { QueueScreen } from "./QueueScreen.tsx";
import { RoomBar } from "./RoomBar.tsx";
import { RoomTop } from "./RoomTop.tsx";
import { isStaff } from "./StaffTools.tsx";
import { StageColumn } from "./StageColumn.tsx";
import { useText } from "./text.ts";
import { useHand } from "./useHand.ts";
import { useLiveRoom, useRoomView } from "./useLiveRoom.ts";

/** Where somebody is who was asked on stage. */
export type GuestPlace = "room" | "backstage" | "stage";

/** Few are ever asked on stage; what they need for it comes when they are. */
const Guest = lazy(() => import("../studio/guest/Guest.tsx"));

/** Few are ever told anything about themselves by a moderator. */
const OwnConduct = lazy(() => import("../moderation/OwnConduct.tsx"));

/** Only who meets people needs tables. */
const Floor = lazy(() => import("../tables/FloorFrame.tsx"));

/** Everybody at an event hears at once that its agenda has moved; they ask for it one after the other. */
const AGENDA_WITHIN_MS = 15_000;

export type RoomOfPage = NonNullable<RoomPageQuery["room"]>;

/** A lobby or a stage, live. */
export default function RoomPage() {
  const { slug, room } = useParams<{ slug: string; room: string }>();
  const [{ data, error, fetching }, refresh] = useQuery({
    query: RoomPageDocument,
    variables: { event: slug, slug: room },
  });
  if (data?.room) {
    return <RoomFrame room={data.room} refresh={() => refresh({ requestPolicy: "network-only" })} />;
  }
  if (fetching) return <RoomSkeleton />;
  return <Outside slug={slug} error={error} />;
}

function RoomFrame({ room, refresh }: { room: RoomOfPage; refresh: () => void }) {
  const live = useLiveRoom(room.id, room.event.id);
  useTitle(room.name, room.event.name);
  useTold(room.event.id, "agenda", () => setTimeout(refresh, Math.random() * AGENDA_WITHIN_MS));
  const { accent } = room.event;
  return (
    <div className="room-page" data-mood="room" data-theme={roomTheme()} {...brand(accent)}>
      {live ? <LiveFrame room={room} live={live} refresh={refresh} /> : <RoomSkeleton />}
    </div>
  );
}

function LiveFrame({ room, live, refresh }: { room: RoomOfPage; live: LiveRoom; refresh: () => void }) {
  const { t } = useText();
  const view = useRoomView(live);
  const [mode, setMode] = useState<PlayMode>("auto");
  const [panelHidden, setPanelHidden] = useState(false);
  const [tab, setTab] = useState<Tab>("chat");
  const hand = useHand(room, live);
  const [place, setPlace] = useState<GuestPlace>("room");
  const moderates = useMemo(() => ({ event: room.event.id, room: room.id }), [room]);
  if (view.state === "refused") return <Outside slug={room.event.slug} error={view.refusal} />;
  // Who was in already keeps the room before their eyes; a quiet line there tells their place.
  if (view.place && view.log.seq === undefined) {
    return (
      <>
        <QueueNews key="queue" place={view.place} />
        <QueueScreen room={room} place={view.place} reconnecting={view.state === "reconnecting"} />
      </>
    );
  }
  if (room.kind === "NETWORKING") {
    return (
      <Suspense fallback={<RoomSkeleton />}>
        <QueueNews key="queue" place={undefined} />
        <Floor room={room} live={live} view={view} />
      </Suspense>
    );
  }
  const main = (
    <main id="main" className="stagecol">
      {room.kind === "STAGE" ? (
        <StageColumn room={room} live={live} view={view} mode={mode} onMode={setMode} refresh={refresh} />
      ) : (
        <LobbyColumn room={room} view={view} />
      )}
    </main>
  );
  const panel = (
    <Panel room={room} live={live} view={view} tab={tab} onTab={setTab} hidden={panelHidden} onHide={setPanelHidden} />
  );
  const bar = (
    <RoomBar
      room={room}
      live={live}
      view={view}
      hand={hand}
      soundOnly={mode === "sound"}
      onSoundOnly={(sound) => setMode(sound ? "sound" : "auto")}
    />
  );
  const showPeople = () => {
    setPanelHidden(false);
    setTab("people");
  };
  const guest = hand.hand !== undefined && hand.hand.state !== "RAISED";
  return (
    <ModeratesContext value={isStaff(view.you) ? moderates : undefined}>
      <QueueNews key="queue" place={undefined} />
      <Rings event={room.event} />
      <a className="skip" href="#room-panel">
        {t("skipToChat")}
      </a>
      <div className="room" data-kind={room.kind} data-panel={panelHidden ? "hidden" : undefined}>
        <RoomTop room={room} view={view} onPeople={showPeople} />
        <NoticeLines room={room} live={live} />
        {place !== "stage" && main}
        {panel}
        {place === "room" && bar}
        {guest && (
          <Suspense fallback={null}>
            <Guest room={room} view={view} hand={hand} onPlace={setPlace} />
          </Suspense>
        )}
      </div>
    </ModeratesContext>
  );
}

/** The card before the door, for somebody who may not go in (yet). */
function Outside({ slug, error }: { slug: string; error: unknown }) {
  const { t } = useText();
  const refusal = error ? refusalOf(error) : undefined;
  const closed = !refusal || ["not-found", "sign-in-required", "forbidden"].includes(refusal.code);
  const over = refusal?.code === "event-over";
  const sentAway = refusal && ["timed-out", "removed", "banned"].includes(refusal.code);
  return (
    <MessagePage
      title={closed || sentAway ? t("notHere.title") : over ? t("over") : t("failed")}
      action={
        <ButtonLink href={`/e/${slug}`} variant="primary">
          {t("notHere.action")}
        </ButtonLink>
      }
    >
      {closed ? t("notHere.text") : refusal?.message}
      <Suspense fallback={null}>
        <OwnConduct slug={slug} />
      </Suspense>
    </MessagePage>
  );
}

function RoomSkeleton() {
  const { t } = useText();
  return (
    <div className="room-page" data-mood="room" data-theme={roomTheme()} data-brand="">
      <div className="room" role="status" aria-label={t("loading")}>
        <div className="rtop">
          <Skeleton width="240px" />
        </div>
        <div className="stagecol">
          <div className="stage">
            <div className="frame sk" />
          </div>
        </div>
        <div className="panel" />
      </div>
    </div>
  );
}
