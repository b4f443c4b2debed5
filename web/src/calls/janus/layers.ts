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

/** How a picture is sent: faces in three sizes, of which each viewer gets one; a screen once, because its text must be read. */
export function encodingsOf(kind: TrackKind): RTCRtpEncodingParameters[] | undefined {
  if (kind === "microphone") return undefined;
  if (kind === "screen") return [{ maxBitrate: 2_000_000, maxFramerate: 15 }];
  const [high, middle, low] = kind === "program" ? [1_700_000, 500_000, 160_000] : [1_400_000, 450_000, 140_000];
  return [
    { rid: "h", maxBitrate: high },
    { rid: "m", maxBitrate: middle, scaleResolutionDownBy: 2 },
    { rid: "l", maxBitrate: low, scaleResolutionDownBy: 4 },
  ];
}
