import type { Caption } from "../rooms/wire.ts";

/** A player this far behind is not waited for. */
const LONGEST_WAIT_MS = 20_000;
/** A guess that nobody finishes goes away. */
const GUESS_MS = 6_000;
/** A line is there at least this long, whatever its times say. */
const SHORTEST_MS = 2_000;
const KEPT = 200;

interface Line {
  caption: Caption;
  /** When it is shown first, by this computer's clock. */
  due: number;
  /** When it goes away unless another takes its place before. */
  gone: number;
}

/**
 * What is being said, as it is shown: each line when the player is at the moment it was said, two lines at most, the newer below.
 * Pure but for what it holds; times come from outside.
 */
export class CaptionScreen {
  private lines: Line[] = [];

  /** Languages heard of so far, in alphabetical order. */
  get languages(): string[] {
    return [...new Set(this.lines.map((line) => line.caption.language))].sort();
  }

  /**
   * A line comes.
   * @param playing the moment of the stage that the player shows, in Unix milliseconds of the server; undefined when it does not know
   * @param now this computer's clock
   */
  take(caption: Caption, playing: number | undefined, now: number): void {
    const before = this.lines.find((line) => line.caption.id === caption.id);
    if (before?.caption.final && !caption.final) return;
    const wait = playing === undefined ? 0 : Math.min(Math.max(0, caption.at - playing), LONGEST_WAIT_MS);
    const due = before ? Math.min(before.due, now + wait) : now + wait;
    const length = caption.final ? Math.max(SHORTEST_MS, caption.until - caption.at) : GUESS_MS;
    // Who reads it when it is finished has its whole time for it.
    const gone = Math.max(due, now) + length;
    this.lines = [...this.lines.filter((line) => line !== before), { caption, due, gone }]
      .sort((a, b) => a.caption.at - b.caption.at)
      .slice(-KEPT);
  }

  /** A line that was said before we came: to be read back, never to be shown again. */
  remember(caption: Caption): void {
    if (this.lines.some((line) => line.caption.id === caption.id)) return;
    this.lines = [...this.lines, { caption, due: Number.NEGATIVE_INFINITY, gone: Number.NEGATIVE_INFINITY }]
      .sort((a, b) => a.caption.at - b.caption.at)
      .slice(-KEPT);
  }

  /** What stands on the screen at this moment in a language, the newer below. */
  shown(language: string | undefined, now: number): Caption[] {
    const gone = new Map(this.lines.map((line) => [line.caption.id, line.gone]));
    return named(this.due(language, now))
      .filter((caption) => (gone.get(caption.id) ?? 0) > now)
      .slice(-2);
  }

  /** Everything of a language that is finished and due, oldest first. */
  said(language: string | undefined, now: number): Caption[] {
    return named(this.due(language, now).filter((caption) => caption.final));
  }

  private due(language: string | undefined, now: number): Caption[] {
    return this.lines
      .filter((line) => line.caption.language === language && line.due <= now)
      .map((line) => line.caption);
  }
}

/** Whoever goes on speaking is named once. */
export function named<Line extends { speaker?: string | null }>(lines: readonly Line[]): Line[] {
  return lines.map((line, index) =>
    line.speaker && line.speaker === lines[index - 1]?.speaker ? { ...line, speaker: null } : line,
  );
}

/** A line of a replay. */
export interface ReplayLine {
  id: string;
  atSeconds: number;
  untilSeconds: number;
  text: string;
  speaker?: string | null;
}

/** What stands on a replay's screen at this second. Lines are in the order of their beginning. */
export function linesAt(lines: readonly ReplayLine[], second: number): ReplayLine[] {
  return named(lines)
    .filter((line) => line.atSeconds <= second && line.untilSeconds > second)
    .slice(-2);
}

/** The latest line that was begun, by its place; -1 before the first. */
export function lineNow(lines: readonly ReplayLine[], second: number): number {
  let found = -1;
  for (const [index, line] of lines.entries()) if (line.atSeconds <= second + 0.05) found = index;
  return found;
}

/** The lines that hold all these words, small or capital, with or without accents. */
export function search(lines: readonly ReplayLine[], wanted: string): ReplayLine[] {
  const words = plain(wanted).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...lines];
  return lines.filter((line) => {
    const text = plain(`${line.speaker ?? ""} ${line.text}`);
    return words.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
