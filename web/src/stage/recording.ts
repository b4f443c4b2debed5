/** How a host's browser records what the compositor shows. */

/** How often the recorder hands over what it has, in milliseconds. */
export const TIMESLICE_MS = 200;
export const VIDEO_BITS_PER_SECOND = 1_500_000;
export const AUDIO_BITS_PER_SECOND = 96_000;
/** WebM is remuxed by the server, which cuts segments of two seconds. */
const WEBM_KEYFRAME_MS = 2_000;
/** MP4 goes to the audience as it is, one part per group of pictures: the shorter, the closer to live. */
const MP4_KEYFRAME_MS = 1_000;

const WEBM = [
  "video/webm;codecs=h264,opus",
  "video/webm;codecs=avc1.42E01E,opus",
  "video/webm;codecs=vp9,opus",
  "video/webm;codecs=vp8,opus",
];
const MP4 = ["video/mp4;codecs=avc1.42E01E,opus", "video/mp4;codecs=avc1.42E01E,mp4a.40.2"];

interface KeyframeOptions extends MediaRecorderOptions {
  videoKeyFrameIntervalDuration: number;
}

/**
 * The type to record: the server's wish first, then what this browser can. Undefined when it can do neither, and
 * somebody has to broadcast from another browser.
 */
export function recordingType(
  wish: string,
  supported: (type: string) => boolean = (type) =>
    typeof MediaRecorder !== "undefined" && MediaRecorder.isTypeSupported(type),
): string | undefined {
  return (wish.startsWith("video/webm") ? [...WEBM, ...MP4] : [...MP4]).find(supported);
}

/** A recorder of this stream; start it with TIMESLICE_MS. */
export function recorderOf(stream: MediaStream, type: string): MediaRecorder {
  const options: KeyframeOptions = {
    mimeType: type,
    videoBitsPerSecond: VIDEO_BITS_PER_SECOND,
    audioBitsPerSecond: AUDIO_BITS_PER_SECOND,
    videoKeyFrameIntervalDuration: type.startsWith("video/webm") ? WEBM_KEYFRAME_MS : MP4_KEYFRAME_MS,
  };
  return new MediaRecorder(stream, options);
}
