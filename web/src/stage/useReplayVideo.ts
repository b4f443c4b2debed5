import type Hls from "hls.js";
import { type RefObject, useEffect, useState } from "react";

export interface ReplayVideo {
  time: number;
  duration: number;
  playing: boolean;
  muted: boolean;
  rate: number;
  /** Neither the library nor the browser can play it. */
  failed: boolean;
}

/** Plays a replay's playlist in this video element, from this second on, and follows what it does. */
export function useReplayVideo(
  video: RefObject<HTMLVideoElement | null>,
  playlist: string,
  duration: number,
  from = 0,
): ReplayVideo {
  const [state, setState] = useState<ReplayVideo>({
    time: 0,
    duration,
    playing: false,
    muted: false,
    rate: 1,
    failed: false,
  });

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const follow = () =>
      setState((before) => ({
        ...before,
        time: element.currentTime,
        duration: Number.isFinite(element.duration) && element.duration > 0 ? element.duration : before.duration,
        playing: !element.paused && !element.ended,
        muted: element.muted,
        rate: element.playbackRate,
      }));
    const events = ["timeupdate", "seeking", "play", "pause", "ended", "volumechange", "ratechange", "durationchange"];
    for (const event of events) element.addEventListener(event, follow);
    return () => {
      for (const event of events) element.removeEventListener(event, follow);
    };
  }, [video]);

  useEffect(() => {
    let hls: Hls | undefined;
    let over = false;
    let mended = false;
    const failed = () => setState((before) => ({ ...before, failed: true }));
    void (async () => {
      const { default: Library } = await import("hls.js/light");
      const element = video.current;
      if (over || !element) return;
      if (Library.isSupported()) {
        hls = new Library({ enableWorker: false, startPosition: from });
        hls.on(Library.Events.ERROR, (_, error) => {
          if (!error.fatal) return;
          if (error.type === Library.ErrorTypes.MEDIA_ERROR && !mended) {
            mended = true;
            hls?.recoverMediaError();
          } else failed();
        });
        hls.loadSource(playlist);
        hls.attachMedia(element);
      } else if (element.canPlayType("application/vnd.apple.mpegurl")) element.src = `${playlist}#t=${from}`;
      else failed();
    })().catch(failed);
    return () => {
      over = true;
      hls?.destroy();
    };
  }, [video, playlist, from]);

  return state;
}
