import { useEffect, useState } from "react";

/** What browsers with a camera effect of the system say of it (W3C Media Capture Extensions, background blur). */
interface WithBlur {
  backgroundBlur?: boolean[] | boolean;
}

const KEY = "plenary.blur";

/** Whether this camera's background can be blurred, and whether it is: by the browser's own constraint. Undefined where it cannot be switched. */
export interface Blur {
  on: boolean;
  set: (on: boolean) => void;
}

export function canBlur(track: MediaStreamTrack | undefined): boolean {
  const choices = (track?.getCapabilities?.() as WithBlur | undefined)?.backgroundBlur;
  return Array.isArray(choices) && choices.includes(true) && choices.includes(false);
}

export async function blur(track: MediaStreamTrack, on: boolean): Promise<void> {
  // Constraints replace each other as a whole: what was asked for before is asked for again.
  await track.applyConstraints({ ...track.getConstraints(), backgroundBlur: on } as MediaTrackConstraints);
}

/** Switches the blur of a camera; remembered in this browser. */
export function useBlur(camera: MediaStream | undefined): Blur | undefined {
  const track = camera?.getVideoTracks()[0];
  const can = canBlur(track);
  const [on, setOn] = useState(() => localStorage.getItem(KEY) === "on");
  useEffect(() => {
    if (track && can) void blur(track, on).catch(() => undefined);
  }, [track, can, on]);
  if (!can) return undefined;
  return {
    on,
    set: (wanted) => {
      localStorage.setItem(KEY, wanted ? "on" : "off");
      setOn(wanted);
    },
  };
}
