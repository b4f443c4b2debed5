/** First ceiling of the wait between two attempts to connect, in milliseconds. */
export const BACKOFF_FIRST_MS = 500;
/** Highest ceiling: nobody waits longer than this between two attempts. */
export const BACKOFF_CEILING_MS = 30_000;

/**
 * Full jitter: any wait between nothing and a ceiling that doubles with every failed attempt. The spread matters more
 * than the wait: ten thousand people who lost the same server must not come back in the same second.
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(BACKOFF_CEILING_MS, BACKOFF_FIRST_MS * 2 ** Math.min(attempt, 30));
  return random() * ceiling;
}

/** Waits, unless `signal` is aborted or the browser says it is online again: then at once. */
export function waitToRetry(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    globalThis.addEventListener?.("online", done);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
