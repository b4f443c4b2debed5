import { type Box, PICTURE_HEIGHT, PICTURE_WIDTH } from "./box";

/** Width of a text in the font that is set, in pixels. */
export type Measure = (text: string, font: string) => number;

export const FAMILY = '"Instrument Sans", system-ui, sans-serif';

/** A block of words with its plate. */
export interface Plate {
  box: Box;
  lines: { text: string; font: string; x: number; y: number; faint: boolean }[];
}

const MARGIN = 40;
const EDGE = 5;
const font = (weight: number, size: number) => `${weight} ${size}px ${FAMILY}`;

/** As much of the text as fits, with … where something is missing. */
export function clipped(text: string, width: number, fontOf: string, measure: Measure): string {
  if (measure(text, fontOf) <= width) return text;
  const letters = [...text];
  let fits = 0;
  let misfits = letters.length;
  while (misfits - fits > 1) {
    const middle = (fits + misfits) >> 1;
    if (measure(`${letters.slice(0, middle).join("").trimEnd()}…`, fontOf) <= width) fits = middle;
    else misfits = middle;
  }
  return `${letters.slice(0, fits).join("").trimEnd()}…`;
}

/** The text in lines of at most this width, the last one clipped when there are too many. */
export function wrapped(text: string, width: number, fontOf: string, measure: Measure, most: number): string[] {
  const lines: string[] = [];
  const words = text.split(/\s+/).filter(Boolean);
  let line = "";
  for (const [n, word] of words.entries()) {
    const longer = line ? `${line} ${word}` : word;
    if (!line || measure(longer, fontOf) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === most - 1)
      return [...lines, clipped(words.slice(n - line.split(" ").length).join(" "), width, fontOf, measure)];
    lines.push(line);
    line = word;
  }
  if (line) lines.push(clipped(line, width, fontOf, measure));
  return lines;
}

/**
 * Name and title at the lower left of a tile: large over the whole picture, small in a tile.
 * @param lift How far above the lower edge, for words that stand below.
 */
export function lowerThird(name: string, title: string | undefined, tile: Box, measure: Measure, lift = 0): Plate {
  const large = tile.width > PICTURE_WIDTH * 0.6;
  const size = large ? 30 : tile.width > 400 ? 22 : 17;
  const margin = large ? MARGIN : Math.max(10, tile.width * 0.03);
  const padding = size * 0.6;
  const room = tile.width - 2 * margin - 2 * padding - EDGE;
  const names = { text: clipped(name, room, font(600, size), measure), font: font(600, size) };
  const titles = title && { text: clipped(title, room, font(400, size * 0.72), measure), font: font(400, size * 0.72) };
  const width =
    EDGE + 2 * padding + Math.max(measure(names.text, names.font), titles ? measure(titles.text, titles.font) : 0);
  const height = padding * 1.4 + size * 1.15 + (titles ? size * 0.98 : 0);
  const box = { x: tile.x + margin, y: tile.y + tile.height - margin - height - lift, width, height };
  const x = box.x + EDGE + padding;
  const first = box.y + padding * 0.7 + size * 0.58;
  return {
    box,
    lines: [
      { ...names, x, y: first, faint: false },
      ...(titles ? [{ ...titles, x, y: first + size * 1.05, faint: true }] : []),
    ],
  };
}

/** Words for everybody at the lower edge, for example a question: at most three lines. */
export function banner(text: string, by: string | undefined, measure: Measure): Plate {
  const size = 30;
  const padding = 22;
  const most = PICTURE_WIDTH - 2 * MARGIN - 2 * padding - EDGE;
  const lines = wrapped(text, most, font(600, size), measure, 3).map((line) => ({ text: line, font: font(600, size) }));
  const author = by && { text: clipped(by, most, font(400, 20), measure), font: font(400, 20) };
  const width = PICTURE_WIDTH - 2 * MARGIN;
  const height = padding * 1.6 + lines.length * size * 1.25 + (author ? 28 : 0);
  const box = { x: MARGIN, y: PICTURE_HEIGHT - MARGIN - height, width, height };
  const x = box.x + EDGE + padding;
  const first = box.y + padding * 0.8 + (author ? 28 : 0) + size * 0.62;
  return {
    box,
    lines: [
      ...(author ? [{ ...author, x, y: box.y + padding * 0.8 + 12, faint: true }] : []),
      ...lines.map((line, n) => ({ ...line, x, y: first + n * size * 1.25, faint: false })),
    ],
  };
}

/** What a banner takes away from the tiles above it. */
export const bannerReserves = ({ box }: Plate): number => PICTURE_HEIGHT - box.y;

/** The words of a card in the middle of the picture; at the lower left when they stand over a film. */
export function cardWords(title: string, text: string | undefined, overFilm: boolean, measure: Measure): Plate {
  const size = overFilm ? 40 : 68;
  const width = PICTURE_WIDTH - 4 * MARGIN;
  const titles = wrapped(title, width, font(600, size), measure, 2).map((line) => ({
    text: line,
    font: font(600, size),
  }));
  const texts = text
    ? wrapped(text, width * 0.8, font(400, overFilm ? 22 : 28), measure, 3).map((line) => ({
        text: line,
        font: font(400, overFilm ? 22 : 28),
      }))
    : [];
  const step = size * 1.15;
  const smallStep = (overFilm ? 22 : 28) * 1.4;
  const height = titles.length * step + (texts.length > 0 ? 16 : 0) + texts.length * smallStep;
  const top = overFilm ? PICTURE_HEIGHT - MARGIN - height : (PICTURE_HEIGHT - height) / 2;
  const x = overFilm ? MARGIN : PICTURE_WIDTH / 2;
  const below = top + titles.length * step + 16;
  return {
    box: { x: overFilm ? MARGIN : (PICTURE_WIDTH - width) / 2, y: top, width, height },
    lines: [
      ...titles.map((line, n) => ({ ...line, x, y: top + (n + 0.5) * step, faint: false })),
      ...texts.map((line, n) => ({ ...line, x, y: below + (n + 0.5) * smallStep, faint: true })),
    ],
  };
}

/** First letters of the first and the last name. */
export function initials(name: string): string {
  const parts = name.split(/\s+/).filter(Boolean);
  const letters = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]];
  return letters.map((part) => [...(part ?? "")][0]?.toLocaleUpperCase() ?? "").join("");
}
