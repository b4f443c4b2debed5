import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button, Icon } from "../platform/components/index.ts";
import type { LiveRoom } from "./live.ts";
import { type PlayerView, StagePlayer } from "./player.ts";
import { useText } from "./text.ts";

interface StageVideoProps {
  live: LiveRoom;
  playlist: string;
  speaker: string;
  interrupted: boolean;
  soundOnly: boolean;
}

const BEFORE: PlayerView = { state: "loading", soundBlocked: false, latencyMs: undefined };

/** The speaker, live. */
export function StageVideo({ live, playlist, speaker, interrupted, soundOnly }: StageVideoProps) {
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
  useEffect(() => player?.load(playlist), [player, playlist]);
  useEffect(() => player?.hold(interrupted), [player, interrupted]);
  const view = useSyncExternalStore(player?.subscribe ?? never, player?.current ?? before);

  return (
    <div className="video-box" ref={frame}>
      {/* biome-ignore lint/a11y/useMediaCaption: live captions are not made yet */}
      <video
        ref={video}
        className="still"
        data-testid="stage-video"
        playsInline
        data-state={view.state}
        hidden={soundOnly}
      />
      {soundOnly && (
        <div className="hold">
          <Icon name="phones" size="lg" />
          <h2 className="h2">{t("stage.soundOnly")}</h2>
          <p className="soft">{t("stage.soundOnlyText", { name: speaker })}</p>
        </div>
      )}
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
      {view.state === "loading" && !soundOnly && !interrupted && (
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
      {!soundOnly && speaker && !interrupted && (
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
      <VideoTools video={video} frame={frame} />
    </div>
  );
}

interface VideoToolsProps {
  video: React.RefObject<HTMLVideoElement | null>;
  frame: React.RefObject<HTMLDivElement | null>;
}

function VideoTools({ video, frame }: VideoToolsProps) {
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
  return BEFORE;
}
