/** A sample that took this much longer than the best one tells less than the best one does. */
const WORSE = 1.5;
/** A sample older than this is replaced by any newer one: clocks drift. */
const OLD_MS = 5 * 60_000;

interface Sample {
  /** The server's time at the moment `taken` of this machine's own, steady clock. */
  at: number;
  taken: number;
  /** How long the answer took: the sample is wrong by at most half of it. */
  trip: number;
}

let best: Sample | undefined;

/**
 * The server's time in Unix milliseconds, as well as it is known: to within half the time that the quickest answer took.
 * It runs steadily, whatever happens to this machine's clock. Before the first answer it is this machine's time.
 */
export function serverNow(): number {
  return best ? best.at + (performance.now() - best.taken) : Date.now();
}

/** Takes what the server said its time is, in answer to something asked at `asked` (performance.now()). */
export function heardTime(at: number, asked: number, now: number = performance.now()): void {
  const trip = now - asked;
  if (best && trip > best.trip * WORSE && now - best.taken < OLD_MS) return;
  best = { at: at + trip / 2, taken: now, trip };
}

/** What was known is not to be trusted any more, such as after the machine slept. */
export function forgetTime(): void {
  best = undefined;
}
