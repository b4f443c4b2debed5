/** A ticker that says nothing for this long is dead, in milliseconds; a new one takes its place. */
export const TICKER_SILENCE_MS = 1_500;
const CHECK_MS = 1_000;
/** Health is measured over this long. */
const WINDOW_MS = 3_000;

/**
 * Calls 25 times a second from a worker, whose clock keeps its pace in a hidden tab. Watches itself: a worker that has
 * died or stands still is replaced.
 */
export class Ticker {
  private worker: Worker | undefined;
  private readonly tick: () => void;
  private interval: number;
  private readonly watchdog: ReturnType<typeof setInterval>;
  private ticks: number[] = [];
  private heardAt = performance.now();

  /** @param interval Milliseconds between two calls. */
  constructor(interval: number, tick: () => void) {
    this.interval = interval;
    this.tick = tick;
    this.begin();
    this.watchdog = setInterval(() => {
      if (performance.now() - this.heardAt > TICKER_SILENCE_MS) this.begin();
    }, CHECK_MS);
  }

  /** From now on as many milliseconds between two calls. */
  set every(interval: number) {
    if (interval === this.interval) return;
    this.interval = interval;
    this.worker?.postMessage(interval);
  }

  /** Calls a second, lately. */
  get rate(): number {
    const now = performance.now();
    this.ticks = this.ticks.filter((at) => now - at <= WINDOW_MS);
    return this.ticks.length / (WINDOW_MS / 1000);
  }

  close(): void {
    clearInterval(this.watchdog);
    this.worker?.terminate();
    this.worker = undefined;
  }

  private begin(): void {
    this.worker?.terminate();
    this.heardAt = performance.now();
    this.worker = new Worker(new URL("../ticker.worker.ts", import.meta.url), { type: "module" });
    this.worker.onmessage = () => {
      const now = performance.now();
      const since = now - this.heardAt;
      // Ticks that piled up while the page was busy would draw the same picture again.
      if (since < this.interval / 3) return;
      this.heardAt = now;
      this.ticks.push(now);
      if (this.ticks.length > 200) this.ticks.splice(0, 100);
      this.tick();
    };
    this.worker.postMessage(this.interval);
  }
}
