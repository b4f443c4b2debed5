import { useCallback, useEffect, useState } from "react";

export interface SharedScreen {
  stream: MediaStream | undefined;
  /** This browser can. */
  possible: boolean;
  toggle: () => void;
}

/** One's screen, while it is shared: until it is stopped here, by the browser's own button, or by leaving. */
export function useScreen(): SharedScreen {
  const [stream, setStream] = useState<MediaStream>();
  useEffect(() => {
    if (!stream) return;
    const ended = () => setStream(undefined);
    for (const track of stream.getVideoTracks()) track.addEventListener("ended", ended);
    return () => {
      for (const track of stream.getTracks()) track.stop();
    };
  }, [stream]);
  const toggle = useCallback(() => {
    if (stream) setStream(undefined);
    else navigator.mediaDevices.getDisplayMedia({ video: true }).then(setStream, () => undefined);
  }, [stream]);
  return { stream, possible: "getDisplayMedia" in (navigator.mediaDevices ?? {}), toggle };
}
