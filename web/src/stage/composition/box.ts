/** The picture the audience gets, in pixels. It never changes its shape, because a recorder does not survive that. */
export const PICTURE_WIDTH = 1280;
export const PICTURE_HEIGHT = 720;
export const FRAMES_PER_SECOND = 25;

/** A rectangle of the picture, in its pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const WHOLE_PICTURE: Box = { x: 0, y: 0, width: PICTURE_WIDTH, height: PICTURE_HEIGHT };

/** The box without a margin of this many pixels. */
export function inset({ x, y, width, height }: Box, margin: number): Box {
  return { x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin };
}

/** The largest box of this aspect (width by height) in the middle of another. */
export function fitted(box: Box, aspect: number): Box {
  const width = Math.min(box.width, box.height * aspect);
  const height = width / aspect;
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}

/** The part of a picture of this size that fills a box of another aspect: what does not fit is cut off on both sides. */
export function cropped(width: number, height: number, box: Pick<Box, "width" | "height">): Box {
  const aspect = box.width / box.height;
  const part = { width: Math.min(width, height * aspect), height: Math.min(height, width / aspect) };
  return { x: (width - part.width) / 2, y: (height - part.height) / 2, ...part };
}

/** The box on the way from one place to another, 0 to 1. */
export function between(from: Box, to: Box, progress: number): Box {
  const mix = (a: number, b: number) => a + (b - a) * progress;
  return {
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    width: mix(from.width, to.width),
    height: mix(from.height, to.height),
  };
}

/** The box made larger or smaller around its middle. */
export function scaled({ x, y, width, height }: Box, scale: number): Box {
  return {
    x: x + (width * (1 - scale)) / 2,
    y: y + (height * (1 - scale)) / 2,
    width: width * scale,
    height: height * scale,
  };
}
