import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Button, Icon } from "../platform/components/index.ts";
import type { LiveRoom } from "./live.ts";
import { BEFORE_PLAYING, type PlayMode, REPORT_MS } from "./player.ts";
import { QualityPicker, VideoTools } from "./StageVideo.tsx";
import { useText } from "./text.ts";
import type { NearPicture } from "./useNearby.ts";

/** What is said of the delay until the browser knows it: that of a call. */
const USUAL_MS = 250;
/** A picture without a new frame for so long stands still. */
const STANDS_MS = 2_000;

interface NearVideoProps {
  live: LiveRoom;
  picture: NearPicture;
  speaker: string;
  onMode: (mode: PlayMode) => void;
}

/** The stage over WebRTC: the picture as it is made, a fraction of a second old. */
export function NearVideo({ live, picture, speaker, onMode }: NearVideoProps) {
  const { t } = useText();
  const video = useRef<HTMLVideoElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [soundBlocked, setSoundBlocked] = useState(false);
  const { stream } = picture;

  useEffect(() => {
    const { current } = video;
    if (!current) return;
    current.srcObject = stream;
    current.play().catch((error: unknown) => {
      if (!(error instanceof DOMException) || error.name !== "NotAllowedError") return;
      current.muted = true;
      setSoundBlocked(true);
      void current.play().catch(() => undefined);
    });
    return () => {
      current.srcObject = null;
    };
  }, [stream]);

  const sized = useEffectEvent((height: number) => picture.sized(height));
  const stands = useEffectEvent(() => picture.stands());
  useEffect(() => {
    const { current } = video;
    if (!current) return;
    const observer = new ResizeObserver(([entry]) => entry && sized(entry.contentRect.height));
    observer.observe(current);
    let [frames, since] = [-1, Date.now()];
    const looking = setInterval(() => {
      const now = current.getVideoPlaybackQuality().totalVideoFrames;
      // A hidden page draws nothing, which says nothing.
      if (now !== frames || document.hidden) [frames, since] = [now, Date.now()];
      else if (Date.now() - since > STANDS_MS) stands();
    }, STANDS_MS / 4);
    return () => {
      observer.disconnect();
      clearInterval(looking);
    };
  }, []);

  useEffect(() => {
    const { current } = video;
    if (!current) return;
    const delay = measured(current);
    const report = () => live.watching(delay() ?? USUAL_MS, current.readyState < HTMLMediaElement.HAVE_CURRENT_DATA);
    report();
    const timer = setInterval(report, REPORT_MS);
    return () => clearInterval(timer);
  }, [live]);

  return (
    <div className="video-box" ref={frame}>
      {/* biome-ignore lint/a11y/useMediaCaption: captions of a live stage stand below it */}
      <video
        ref={video}
        className="still"
        data-testid="stage-video"
        data-path="webrtc"
        data-state="playing"
        playsInline
      />
      {speaker && (
        <p className="lower">
          <b>{speaker}</b>
        </p>
      )}
      {soundBlocked && (
        <Button
          variant="solid"
          size="lg"
          className="tap-sound"
          onClick={() => {
            if (video.current) video.current.muted = false;
            setSoundBlocked(false);
          }}
        >
          <Icon name="speaker" />
          {t("stage.tapForSound")}
        </Button>
      )}
      <VideoTools video={video} frame={frame}>
        <QualityPicker view={BEFORE_PLAYING} mode="auto" onMode={onMode} />
      </VideoTools>
    </div>
  );
}

/** From a frame's capture at the host to its display here, where the browser can tell: it knows the host's clock from RTCP. */
function measured(video: HTMLVideoElement): () => number | undefined {
  let latest: number | undefined;
  const look = (_: number, { captureTime, expectedDisplayTime }: VideoFrameCallbackMetadata) => {
    if (captureTime !== undefined) latest = Math.max(0, expectedDisplayTime - captureTime);
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback?.(look);
  return () => latest;
}
