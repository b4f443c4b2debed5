import "../platform/design/components-live.css";
import "../rooms/room.css";
import "./captions.css";
import { useQuery } from "urql";
import { useParams } from "wouter";
import { CaptionDeskDocument, type CaptionDeskQuery } from "../gql/graphql.ts";
import { ButtonLink, Icon, Skeleton } from "../platform/components/index.ts";
import { brand } from "../platform/design/brand.ts";
import { roomTheme } from "../platform/design/theme.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { MessagePage, Wordmark } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import type { LiveRoom } from "../rooms/live.ts";
import { StageVideo } from "../rooms/StageVideo.tsx";
import { useLiveRoom, useRoomView } from "../rooms/useLiveRoom.ts";
import { CaptionDesk } from "./CaptionDesk.tsx";
import { CaptionFeed } from "./CaptionFeed.tsx";
import { LiveCaptionMenu } from "./LiveCaptionMenu.tsx";
import { useText } from "./text.ts";

type Room = NonNullable<CaptionDeskQuery["room"]>;

const WRITERS: ReadonlySet<string> = new Set(["organizer", "producer", "moderator", "speaker"]);
const CREW: ReadonlySet<string> = new Set(["organizer", "producer"]);

/** Where somebody writes what is said on a stage, for everybody who reads along. */
export default function CaptionDeskPage() {
  const { slug, room: address } = useParams<{ slug: string; room: string }>();
  const [{ data, error, fetching }] = useQuery({
    query: CaptionDeskDocument,
    variables: { event: slug, slug: address },
  });
  if (data?.room?.kind === "STAGE") return <DeskOf room={data.room} />;
  if (fetching) return <Waiting />;
  return <NotYours slug={slug} error={error} />;
}

function DeskOf({ room }: { room: Room }) {
  const { t } = useText();
  const live = useLiveRoom(room.id, room.event.id);
  useTitle(t("desk.title"), room.name, room.event.name);
  return (
    <div className="room-page caption-desk" data-mood="room" data-theme={roomTheme()} {...brand(room.event.accent)}>
      {live ? <LiveDesk room={room} live={live} /> : <Waiting />}
    </div>
  );
}

function LiveDesk({ room, live }: { room: Room; live: LiveRoom }) {
  const { t } = useText();
  const view = useRoomView(live);
  const { stage } = view.log;
  const { you } = view;
  if (view.state === "refused" || (you && !WRITERS.has(you.role)))
    return <NotYours slug={room.event.slug} error={view.refusal} />;
  return (
    <>
      <a className="skip" href="#caption-line">
        {t("desk.write")}
      </a>
      <div className="room" data-kind="STAGE">
        <header className="rtop">
          <ButtonLink
            href={`/e/${room.event.slug}/rooms/${room.slug}`}
            variant="ghost"
            size="sm"
            icon
            aria-label={t("desk.back")}
          >
            <Icon name="left" />
          </ButtonLink>
          <div className="t grow">
            <h1 className="strong trunc room-title">{t("desk.title")}</h1>
            <p className="tiny muted trunc">
              {room.name} · {room.event.name}
            </p>
          </div>
        </header>
        <main id="main" className="stagecol">
          <div className="stage">
            <div className="glow" aria-hidden="true" />
            <section className="frame" aria-label={room.name}>
              {stage.playlist ? (
                <StageVideo
                  live={live}
                  playlist={stage.playlist}
                  broadcast={stage.broadcast}
                  speaker={stage.speaker ?? ""}
                  interrupted={stage.state === "interrupted"}
                  mode="auto"
                  onMode={() => undefined}
                />
              ) : (
                <div className="hold">
                  <p className="soft">{t("desk.notLive")}</p>
                </div>
              )}
            </section>
          </div>
        </main>
        <aside className="panel" id="caption-line" tabIndex={-1} aria-label={t("desk.label")}>
          <CaptionDesk
            live={live}
            broadcast={stage.broadcast}
            onAir={stage.state === "live" || stage.state === "interrupted"}
            latencyMs={view.log.latencyMs}
          >
            {you && CREW.has(you.role) && <CaptionFeed room={room.id} />}
          </CaptionDesk>
        </aside>
        <footer className="rbot">
          <div className="row hide-s">
            <Wordmark />
          </div>
          <div className="mid">
            <LiveCaptionMenu live={live} broadcast={stage.broadcast} />
          </div>
        </footer>
      </div>
    </>
  );
}

function NotYours({ slug, error }: { slug: string; error: unknown }) {
  const { t } = useText();
  const refusal = error ? refusalOf(error) : undefined;
  const broken = refusal && ["unknown", "offline"].includes(refusal.code);
  return (
    <MessagePage
      title={broken ? t("desk.failed") : t("desk.notYours")}
      action={
        <ButtonLink href={`/e/${slug}`} variant="primary">
          {t("desk.goEvent")}
        </ButtonLink>
      }
    >
      {broken ? refusal.message : t("desk.notYoursText")}
    </MessagePage>
  );
}

function Waiting() {
  const { t } = useText();
  return (
    <div className="room-page" data-mood="room" data-theme={roomTheme()} role="status" aria-label={t("desk.loading")}>
      <Skeleton height={320} />
    </div>
  );
}
