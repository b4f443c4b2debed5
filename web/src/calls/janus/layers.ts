import type { TrackKind } from "../wire";
import type { Layer } from "./words";

/** Heights of the two smaller sizes of a 720p camera, in pixels, with what a picture may be stretched without looking poor. */
const SMALL = 180 * 1.25;
const MIDDLE = 360 * 1.25;
/** A tile must leave its size by this part before another is asked for: layouts breathe. */
const SLACK = 0.1;

/** Which of the three sizes a tile of this height needs. `before` is what it has now. */
export function layerFor(height: number, pixelRatio = 1, before?: Layer): Layer {
  const pixels = height * pixelRatio;
  const fits = (limit: number, smaller: boolean) => pixels <= limit * (1 + (smaller ? SLACK : -SLACK));
  if (fits(SMALL, before === undefined || before <= 0)) return 0;
  return fits(MIDDLE, before === undefined || before <= 1) ? 1 : 2;
}

/** Pixels of a picture from which a browser sends it in three sizes, and in two; it sends fewer than it is told to of anything smaller. */
const FOR_THREE = 960 * 540;
const FOR_TWO = 480 * 270;

/**
 * How a picture is sent: faces in up to three sizes, of which each viewer gets one; a screen once, because its text must be read. Janus counts them from the
 * smallest, so none may be announced that will not be sent.
 */
export function encodingsOf(
  kind: TrackKind,
  { width, height }: { width?: number; height?: number } = {},
): RTCRtpEncodingParameters[] {
  if (kind === "microphone") return [];
  if (kind === "screen") return [{ maxBitrate: 2_000_000, maxFramerate: 15 }];
  const [high, middle, low] = kind === "program" ? [1_700_000, 500_000, 160_000] : [1_400_000, 450_000, 140_000];
  const pixels = width && height ? width * height : FOR_THREE;
  if (pixels < FOR_TWO) return [{ maxBitrate: middle }];
  const two = [
    { rid: "h", maxBitrate: high },
    { rid: "m", maxBitrate: middle, scaleResolutionDownBy: 2 },
  ];
  return pixels < FOR_THREE ? two : [...two, { rid: "l", maxBitrate: low, scaleResolutionDownBy: 4 }];
}
