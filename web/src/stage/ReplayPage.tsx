import "../platform/design/components-live.css";
import "../rooms/room.css";
import "./replay.css";
import { useCallback, useMemo, useRef, useState } from "react";
import { useQuery } from "urql";
import { Link, useParams, useSearchParams } from "wouter";
import { CaptionOverlay } from "../captions/CaptionOverlay.tsx";
import { linesAt } from "../captions/screen.ts";
import { Transcript } from "../captions/Transcript.tsx";
import { useReplayCaptions } from "../captions/useReplayCaptions.ts";
import { ReplayDocument, type ReplayQuery } from "../gql/graphql.ts";
import { Badge, ButtonLink, buttonClass, Icon, Skeleton } from "../platform/components/index.ts";
import { brand } from "../platform/design/brand.ts";
import { roomTheme } from "../platform/design/theme.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { formatDate } from "../platform/time/format.ts";
import { useVisitorZone } from "../platform/time/zones.ts";
import { AskMoment } from "../questions/AskMoment.tsx";
import { useReplayQuestions } from "../questions/useReplayQuestions.ts";
import { ReplayChat } from "./ReplayChat.tsx";
import { ReplayPlayer } from "./ReplayPlayer.tsx";
import { useText } from "./text.ts";
import { useReplayVideo } from "./useReplayVideo.ts";

type Replay = NonNullable<ReplayQuery["replay"]>;

/** A talk after the fact, with what the room said at its moment. */
export default function ReplayPage() {
  const { t } = useText();
  const { slug, id } = useParams<{ slug: string; id: string }>();
  const [{ data, error, fetching }] = useQuery({
    query: ReplayDocument,
    variables: { id },
    requestPolicy: "cache-first",
  });
  if (data?.replay) return <ReplayRoom key={data.replay.id} replay={data.replay} />;
  if (fetching) {
    return (
      <div
        className="room-page"
        data-mood="room"
        data-theme={roomTheme()}
        role="status"
        aria-label={t("replay.loading")}
      >
        <Skeleton height={320} />
      </div>
    );
  }
  const refusal = error && refusalOf(error);
  const broken = refusal && ["unknown", "offline"].includes(refusal.code);
  return (
    <MessagePage
      title={broken ? t("replay.failed") : t("replay.goneTitle")}
      action={
        <ButtonLink href={`/e/${slug}`} variant="primary">
          {t("replay.goEvent")}
        </ButtonLink>
      }
    >
      {broken ? refusal.message : t("replay.goneText")}
    </MessagePage>
  );
}

function ReplayRoom({ replay }: { replay: Replay }) {
  const { t } = useText();
  const zone = useVisitorZone();
  const { event } = replay.room;
  const video = useRef<HTMLVideoElement>(null);
  const frame = useRef<HTMLElement>(null);
  const [search] = useSearchParams();
  const [from] = useState(() => Math.max(0, Number(search.get("t")) || 0));
  const state = useReplayVideo(video, replay.playlistUrl, replay.durationSeconds, from);
  const asked = useReplayQuestions(replay.room.id, replay.id);
  const captions = useReplayCaptions(replay);
  const [tab, setTab] = useState<"moment" | "transcript">("moment");
  const moments = useMemo(() => replay.chat.map((message) => message.atSeconds), [replay.chat]);
  const seek = useCallback((time: number) => {
    if (video.current) video.current.currentTime = time;
  }, []);
  useTitle(replay.title, event.name);
  const others = event.replays.filter((other) => other.id !== replay.id);
  return (
    <div className="room-page" data-mood="room" data-theme={roomTheme()} {...brand(event.accent)}>
      <a className="skip" href="#player">
        {t("replay.skip")}
      </a>
      <div className="room rep">
        <header className="rtop">
          <ButtonLink href={`/e/${event.slug}`} variant="ghost" size="sm" icon aria-label={t("replay.back")}>
            <Icon name="left" />
          </ButtonLink>
          <div className="t grow">
            <h1 className="strong trunc room-title">{replay.title}</h1>
            <p className="tiny muted trunc">
              {replay.speakerName} · {formatDate(replay.startedAt, zone)}, {replay.room.name}
            </p>
          </div>
          <Badge tone="outline" icon="rehearse">
            {t("replay.title")}
          </Badge>
          {replay.downloadUrl && (
            <a
              className={buttonClass({ variant: "ghost", size: "sm" })}
              href={replay.downloadUrl}
              download
              aria-label={t("replay.download")}
            >
              <Icon name="dl" />
              <span className="hide-s">{t("replay.download")}</span>
            </a>
          )}
        </header>
        <main id="main" className="stagecol">
          <div className="stage" id="player">
            <div className="glow" aria-hidden="true" />
            <section className="frame" ref={frame} aria-label={t("replay.player", { title: replay.title })}>
              {/* biome-ignore lint/a11y/useMediaCaption: a track for each language there is */}
              <video
                ref={video}
                className="still replay-video"
                data-testid="replay-video"
                playsInline
                preload="auto"
                onClick={() => {
                  if (state.playing) video.current?.pause();
                  else void video.current?.play().catch(() => undefined);
                }}
              >
                {/* For players that take the picture away from the page, as a phone's full screen does. */}
                {replay.captionTracks.map((track) => (
                  <track
                    key={track.language}
                    kind="captions"
                    srcLang={track.language}
                    label={track.name}
                    src={track.url}
                  />
                ))}
              </video>
              <CaptionOverlay language={captions.language} lines={linesAt(captions.lines, state.time)} />
              {state.failed && (
                <div className="hold">
                  <p role="alert">{t("replay.cannotPlay")}</p>
                  {replay.downloadUrl && (
                    <a className={buttonClass({ variant: "quiet" })} href={replay.downloadUrl} download>
                      <Icon name="dl" />
                      {t("replay.download")}
                    </a>
                  )}
                </div>
              )}
            </section>
          </div>
          <ReplayPlayer
            video={video}
            frame={frame}
            state={state}
            moments={moments}
            chapters={replay.chapters}
            languages={captions.languages}
            onSeek={seek}
          />
        </main>
        <section className="panel" aria-label={t("replay.moment")}>
          {captions.languages.length === 0 ? (
            <h2 className="replay-head">{t("replay.moment")}</h2>
          ) : (
            <div className="tabs">
              <div className="row grow" role="tablist" aria-label={t("replay.panel")}>
                {(["moment", "transcript"] as const).map((name) => (
                  <button
                    type="button"
                    key={name}
                    className="tab"
                    role="tab"
                    id={`replay-tab-${name}`}
                    aria-selected={tab === name}
                    aria-controls="replay-panel"
                    onClick={() => setTab(name)}
                  >
                    {t(`replay.${name}`)}
                  </button>
                ))}
              </div>
            </div>
          )}
          {captions.languages.length === 0 ? (
            <ReplayChat chat={replay.chat} questions={asked.questions} time={state.time} onSeek={seek} />
          ) : (
            <div className="replay-panel" role="tabpanel" id="replay-panel" aria-labelledby={`replay-tab-${tab}`}>
              {tab === "moment" ? (
                <ReplayChat chat={replay.chat} questions={asked.questions} time={state.time} onSeek={seek} />
              ) : (
                <Transcript
                  lines={captions.lines}
                  language={captions.language}
                  time={state.time}
                  onSeek={seek}
                  onCorrect={replay.viewerMayCorrect ? captions.correct : undefined}
                />
              )}
            </div>
          )}
          {tab === "moment" && asked.open && <AskMoment time={state.time} onAsk={asked.ask} />}
        </section>
        <nav className="upn" aria-label={t("replay.more")}>
          {others.length > 0 && <p className="label">{t("replay.more")}</p>}
          {others.slice(0, 4).map((other) => (
            <Link key={other.id} href={`/e/${event.slug}/replays/${other.id}`} className="trunc">
              {other.title}
            </Link>
          ))}
        </nav>
      </div>
    </div>
  );
}
