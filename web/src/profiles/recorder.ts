/** Recording half a minute of oneself in the browser. */

export const LONGEST_SECONDS = 30;

const WISHES = [
  "video/webm;codecs=vp9,opus",
  "video/webm;codecs=vp8,opus",
  "video/mp4;codecs=avc1.42E01E,mp4a.40.2",
  "video/webm",
  "video/mp4",
];

/** The container that this browser records, or undefined when it records none. */
export function recordable(): string | undefined {
  if (typeof MediaRecorder === "undefined") return undefined;
  return WISHES.find((type) => MediaRecorder.isTypeSupported(type));
}

export interface Recording {
  /** Resolves with the video when it was stopped, by a call of `stop` or by the clock. */
  done: Promise<Blob>;
  stop: () => void;
}

/**
 * Records what the camera and the microphone give, at most {@link LONGEST_SECONDS}.
 * @param onSecond whole seconds that are left
 */
export function record(tracks: MediaStreamTrack[], onSecond: (left: number) => void): Recording {
  const recorder = new MediaRecorder(new MediaStream(tracks), {
    mimeType: recordable() ?? "",
    videoBitsPerSecond: 1_200_000,
    audioBitsPerSecond: 64_000,
  });
  const parts: Blob[] = [];
  const started = performance.now();
  const clock = setInterval(() => {
    const left = LONGEST_SECONDS - Math.floor((performance.now() - started) / 1000);
    if (left <= 0) stop();
    else onSecond(left);
  }, 250);
  const stop = () => {
    clearInterval(clock);
    if (recorder.state !== "inactive") recorder.stop();
  };
  const done = new Promise<Blob>((resolve, reject) => {
    recorder.ondataavailable = ({ data }) => data.size > 0 && parts.push(data);
    recorder.onerror = () => reject(new Error("recorder"));
    recorder.onstop = () => {
      clearInterval(clock);
      const type = recorder.mimeType.split(";")[0] ?? "";
      if (parts.length > 0) resolve(new Blob(parts, { type }));
      else reject(new Error("empty"));
    };
  });
  recorder.start(1000);
  return { done, stop };
}
