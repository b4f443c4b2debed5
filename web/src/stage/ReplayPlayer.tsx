import { type RefObject, useRef } from "react";
import { CaptionMenu } from "../captions/CaptionMenu.tsx";
import { Button, Icon } from "../platform/components/index.ts";
import { clock } from "../rooms/time.ts";
import { type Chapter, chapterAt, ReplayTrack } from "./ReplayTrack.tsx";
import { useText } from "./text.ts";
import type { ReplayVideo } from "./useReplayVideo.ts";

const RATES = [1, 1.25, 1.5, 2];
const BACK_S = 15;

interface ReplayPlayerProps {
  video: RefObject<HTMLVideoElement | null>;
  frame: RefObject<HTMLElement | null>;
  state: ReplayVideo;
  moments: readonly number[];
  chapters: readonly Chapter[];
  languages: readonly string[];
  onSeek: (time: number) => void;
}

/** The track and the controls under the picture. */
export function ReplayPlayer({ video, frame, state, moments, chapters, languages, onSeek }: ReplayPlayerProps) {
  const { t } = useText();
  const rate = useRef(0);
  const toggle = () => {
    if (state.playing) video.current?.pause();
    else void video.current?.play().catch(() => undefined);
  };
  const faster = () => {
    rate.current = (rate.current + 1) % RATES.length;
    if (video.current) video.current.playbackRate = RATES[rate.current] ?? 1;
  };
  const mute = () => {
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
    <div className="player">
      <ReplayTrack time={state.time} duration={state.duration} moments={moments} chapters={chapters} onSeek={onSeek} />
      <div className="pctl">
        <Button variant="solid" icon aria-label={state.playing ? t("replay.pause") : t("replay.play")} onClick={toggle}>
          <Icon name={state.playing ? "pause" : "play"} />
        </Button>
        <Button
          variant="ghost"
          icon
          aria-label={t("replay.back15")}
          onClick={() => onSeek(Math.max(0, state.time - BACK_S))}
        >
          <Icon name="undo" />
        </Button>
        <p className="num strong replay-time">
          {clock(state.time * 1000)} <span className="muted">/ {clock(state.duration * 1000)}</span>
        </p>
        <span className="trunc small muted hide-s">{chapters[chapterAt(chapters, state.time)]?.title}</span>
        <span className="grow" />
        {languages.length > 0 && <CaptionMenu languages={languages} look="button" />}
        <Button
          variant="ghost"
          size="sm"
          className="num"
          aria-label={t("replay.speed", { rate: state.rate })}
          onClick={faster}
        >
          {state.rate}×
        </Button>
        <Button variant="ghost" icon aria-label={state.muted ? t("replay.unmute") : t("replay.mute")} onClick={mute}>
          <Icon name="speaker" className={state.muted ? "struck" : ""} />
        </Button>
        {document.pictureInPictureEnabled && (
          <Button
            variant="ghost"
            icon
            className="hide-s"
            aria-label={t("replay.pictureInPicture")}
            onClick={pictureInPicture}
          >
            <Icon name="pip" />
          </Button>
        )}
        {document.fullscreenEnabled && (
          <Button variant="ghost" icon aria-label={t("replay.fullScreen")} onClick={fullScreen}>
            <Icon name="expand" />
          </Button>
        )}
      </div>
      {chapters.length > 0 && (
        <nav className="chapters" aria-label={t("replay.chapters")}>
          {chapters.map((chapter, index) => (
            <button
              type="button"
              key={chapter.atSeconds}
              aria-current={index === chapterAt(chapters, state.time) ? "true" : undefined}
              onClick={() => onSeek(chapter.atSeconds)}
            >
              <span className="num tiny muted">{clock(chapter.atSeconds * 1000)}</span>
              <span className="strong small">{chapter.title}</span>
            </button>
          ))}
        </nav>
      )}
    </div>
  );
}
