/**
 * A clock that can be read off a picture: the lower 32 bits of the Unix time in milliseconds, drawn as black and white
 * bars along the top edge. It survives encoding, packaging and decoding, so whoever reads it knows that the frame came
 * from this very compositor, and how long it was on its way.
 */

export const TIMECODE_BITS = 32;
/** The bars take this part of the picture's height. */
const BAR_HEIGHT = 1 / 12;
/** Brighter than this, of 255, is a one. */
const WHITE = 128;

/** What drawing needs of a canvas context. */
export type Painter = Pick<CanvasRenderingContext2D, "fillRect"> & { fillStyle: CanvasRenderingContext2D["fillStyle"] };

/** Draws the time over the top edge of a picture of this size. */
export function drawTimecode(painter: Painter, width: number, height: number, now: number): void {
  const code = now >>> 0;
  const bar = width / TIMECODE_BITS;
  for (let bit = 0; bit < TIMECODE_BITS; bit++) {
    painter.fillStyle = (code >>> (TIMECODE_BITS - 1 - bit)) & 1 ? "#fff" : "#000";
    painter.fillRect(Math.floor(bit * bar), 0, Math.ceil(bar), Math.max(16, height * BAR_HEIGHT));
  }
}

/** Reads the bars from one row of RGBA pixels through them. */
export function decodeTimecode(row: ArrayLike<number>, width: number): number {
  let code = 0;
  for (let bit = 0; bit < TIMECODE_BITS; bit++) {
    const middle = Math.floor(((bit + 0.5) * width) / TIMECODE_BITS);
    const brightness = ((row[middle * 4] ?? 0) + (row[middle * 4 + 1] ?? 0) + (row[middle * 4 + 2] ?? 0)) / 3;
    code = code * 2 + (brightness > WHITE ? 1 : 0);
  }
  return code;
}

/** Milliseconds between the code and now; the 32 bits turn over every 49 days, which this survives. */
export function timecodeAge(code: number, now: number): number {
  return ((now >>> 0) - code) | 0;
}

/** Age of the frame a video shows, in milliseconds; undefined before its first frame. */
export function readTimecode(video: HTMLVideoElement, now: number = Date.now()): number | undefined {
  const { videoWidth: width, videoHeight: height } = video;
  if (!width || !height) return undefined;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = Math.max(1, Math.floor(height * BAR_HEIGHT));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return undefined;
  context.drawImage(video, 0, 0);
  const row = context.getImageData(0, Math.floor(canvas.height / 2), width, 1).data;
  return timecodeAge(decodeTimecode(row, width), now);
}
