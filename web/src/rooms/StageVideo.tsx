import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { CaptionsOnly } from "../captions/CaptionsOnly.tsx";
import { LiveCaptionOverlay } from "../captions/LiveCaptionOverlay.tsx";
import { Button, Icon } from "../platform/components/index.ts";
import type { LiveRoom } from "./live.ts";
import { BEFORE_PLAYING, type PlayerView, type PlayMode, StagePlayer } from "./player.ts";
import { useText } from "./text.ts";

interface StageVideoProps {
  live: LiveRoom;
  playlist: string;
  broadcast: string | null | undefined;
  speaker: string;
  /** The speaker's name is shown over the picture; not where the picture itself says who is seen. */
  named?: boolean;
  interrupted: boolean;
  mode: PlayMode;
  onMode: (mode: PlayMode) => void;
}

/** The speaker, live. */
export function StageVideo({
  live,
  playlist,
  broadcast,
  speaker,
  named = true,
  interrupted,
  mode,
  onMode,
}: StageVideoProps) {
  const { t } = useText();
  const video = useRef<HTMLVideoElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [player, setPlayer] = useState<StagePlayer>();
  useEffect(() => {
    if (!video.current) return;
    const made = new StagePlayer(video.current, (latencyMs, stalled) => live.watching(latencyMs, stalled));
    setPlayer(made);
    return () => made.close();
  }, [live]);
  useEffect(() => player?.load(playlist, mode), [player, playlist, mode]);
  useEffect(() => player?.hold(interrupted), [player, interrupted]);
  const view = useSyncExternalStore(player?.subscribe ?? never, player?.current ?? before);

  const soundOnly = mode === "sound" || view.care === "soundOnly";
  const hidden = soundOnly || mode === "captions";
  return (
    <div className="video-box" ref={frame}>
      {/* biome-ignore lint/a11y/useMediaCaption: captions come with the room's frames and are drawn over the picture */}
      <video
        ref={video}
        className="still"
        data-testid="stage-video"
        playsInline
        data-state={view.state}
        hidden={hidden}
      />
      {soundOnly && (
        <div className="hold">
          <Icon name="phones" size="lg" />
          <h2 className="h2">{t("stage.soundOnly")}</h2>
          <p className="soft">
            {mode === "sound" ? t("stage.soundOnlyText", { name: speaker }) : t("stage.slowNetworkText")}
          </p>
          <Button
            variant="quiet"
            onClick={() => {
              player?.tryPicture();
              if (mode === "sound") onMode("auto");
            }}
          >
            {t("stage.showPicture")}
          </Button>
        </div>
      )}
      {mode === "captions" && <CaptionsOnly live={live} broadcast={broadcast} />}
      {view.state === "unable" && (
        <div className="hold">
          <h2 className="h2">{t("stage.unable")}</h2>
          <p className="soft">{t("stage.unableText")}</p>
        </div>
      )}
      {view.state === "loading" && interrupted && (
        <div className="hold">
          <h2 className="h2">{t("stage.interruptedTitle", { name: speaker })}</h2>
          <p className="soft">{t("stage.interruptedText")}</p>
        </div>
      )}
      {view.state === "loading" && !hidden && !interrupted && (
        <div className="hold">
          <p className="soft">{t("stage.arriving")}</p>
          <span className="run" aria-hidden="true" />
        </div>
      )}
      {interrupted && view.state !== "loading" ? (
        <span className="badge held">
          <Icon name="pause" />
          {t("stage.interruptedTitle", { name: speaker })}
        </span>
      ) : (
        view.state === "stalled" && (
          <span className="badge held">
            <Icon name="pause" />
            {t("stage.catchingUp")}
          </span>
        )
      )}
      {/* A recording that is played as live has the names in its picture. */}
      {named && !hidden && speaker && !interrupted && !playlist.startsWith("/replays/") && (
        <p className="lower">
          <b>{speaker}</b>
        </p>
      )}
      {view.soundBlocked && (
        <Button variant="solid" size="lg" className="tap-sound" onClick={() => player?.unmute()}>
          <Icon name="speaker" />
          {t("stage.tapForSound")}
        </Button>
      )}
      {player && mode !== "captions" && (
        <LiveCaptionOverlay live={live} broadcast={broadcast} playing={player.playingAt} />
      )}
      <VideoTools video={video} frame={frame}>
        <QualityPicker view={view} mode={mode} onMode={onMode} />
      </VideoTools>
    </div>
  );
}

interface QualityPickerProps {
  view: PlayerView;
  mode: PlayMode;
  onMode: (mode: PlayMode) => void;
}

/** How much of the stage to load. */
export function QualityPicker({ view, mode, onMode }: QualityPickerProps) {
  const { t } = useText();
  const heights = typeof mode === "number" && !view.heights.includes(mode) ? [mode, ...view.heights] : view.heights;
  const choose = (value: string) => onMode(/^\d+$/.test(value) ? Number(value) : (value as PlayMode));
  return (
    <span className="btn quiet sm zone quality">
      <Icon name="sliders" size="sm" />
      <span className="num">{view.height ? `${view.height}p` : ""}</span>
      <select aria-label={t("stage.quality")} value={String(mode)} onChange={(event) => choose(event.target.value)}>
        <option value="auto">{t("stage.qualityAuto")}</option>
        {heights.map((height) => (
          <option value={height} key={height}>
            {height}p
          </option>
        ))}
        <option value="sound">{t("stage.soundOnly")}</option>
        <option value="captions">{t("stage.captionsOnly")}</option>
      </select>
    </span>
  );
}

interface VideoToolsProps {
  children: React.ReactNode;
  video: React.RefObject<HTMLVideoElement | null>;
  frame: React.RefObject<HTMLDivElement | null>;
}

/** Sound, picture in picture, full screen. */
export function VideoTools({ video, frame, children }: VideoToolsProps) {
  const { t } = useText();
  const [muted, setMuted] = useState(false);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const follow = () => setMuted(element.muted);
    follow();
    element.addEventListener("volumechange", follow);
    return () => element.removeEventListener("volumechange", follow);
  }, [video]);
  const toggleSound = () => {
    if (video.current) video.current.muted = !video.current.muted;
  };
  const pictureInPicture = () => {
    const turn = document.pictureInPictureElement
      ? document.exitPictureInPicture()
      : video.current?.requestPictureInPicture();
    turn?.catch(() => undefined);
  };
  const fullScreen = () => {
    const turn = document.fullscreenElement ? document.exitFullscreen() : frame.current?.requestFullscreen();
    turn?.catch(() => undefined);
  };
  return (
    <div className="video-tools">
      {children}
      <Button
        variant="quiet"
        size="sm"
        icon
        aria-label={muted ? t("stage.unmute") : t("stage.mute")}
        onClick={toggleSound}
      >
        <Icon name="speaker" className={muted ? "struck" : ""} />
      </Button>
      {document.pictureInPictureEnabled && (
        <Button variant="quiet" size="sm" icon aria-label={t("stage.pictureInPicture")} onClick={pictureInPicture}>
          <Icon name="pip" />
        </Button>
      )}
      {document.fullscreenEnabled && (
        <Button variant="quiet" size="sm" icon aria-label={t("stage.fullScreen")} onClick={fullScreen}>
          <Icon name="expand" />
        </Button>
      )}
    </div>
  );
}

function never() {
  return () => undefined;
}

function before() {
  return BEFORE_PLAYING;
}
