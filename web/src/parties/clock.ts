/** Clocks that run to a moment of the server. */

/** Whole seconds until then, the last one shown until it is over. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** `3:42` */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Which part of the time is left, from 1 to 0. */
export function shareLeft(until: number, now: number, totalMs: number): number {
  return totalMs <= 0 ? 0 : Math.min(1, Math.max(0, (until - now) / totalMs));
}

/**
 * When a clock that runs is worth a word to somebody who does not see it. Rarely: a screen reader that counts along leaves no room for a
 * conversation.
 */
const MARKS = [60, 30, 10];

/** The mark that was passed between two looks at the clock; the lowest when there were several. */
export function markPassed(before: number | undefined, after: number): number | undefined {
  if (before === undefined) return undefined;
  return MARKS.findLast((mark) => before > mark && after <= mark && after > 0);
}
