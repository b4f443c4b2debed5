/** A ticker that says nothing for this long is dead, in milliseconds; a new one takes its place. */
export const TICKER_SILENCE_MS = 1_500;
const CHECK_MS = 1_000;
/** However much the page has to do, a picture is tried again after this long. */
const MOST_BUSY_MS = 1_000;
/** Health is measured over this long. */
const WINDOW_MS = 3_000;

/**
 * Calls 25 times a second from a worker, whose clock keeps its pace in a hidden tab. Watches itself: a worker that has
 * died or stands still is replaced. On a machine that is too slow it calls less often: whatever else waits in the page is done between two calls, and what a
 * call took decides how soon the next one may come. Else drawing would be all that the page still does.
 */
export class Ticker {
  private worker: Worker | undefined;
  private readonly tick: () => void;
  private interval: number;
  private readonly watchdog: ReturnType<typeof setInterval>;
  private ticks: number[] = [];
  private heardAt = performance.now();
  /** Milliseconds that are left to the page for each that a call took. */
  rest = 0;
  private begunAt = 0;
  private readyAt = 0;
  /** Comes back when the page has done what was waiting, which a call's own end does not tell: canvases are drawn after it. */
  private readonly turn = new MessageChannel();

  /** @param interval Milliseconds between two calls. */
  constructor(interval: number, tick: () => void) {
    this.interval = interval;
    this.tick = tick;
    this.turn.port1.onmessage = () => {
      const now = performance.now();
      this.readyAt = now + (now - this.begunAt) * this.rest;
    };
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
    this.turn.port1.close();
  }

  private begin(): void {
    this.worker?.terminate();
    this.heardAt = performance.now();
    this.worker = new Worker(new URL("../ticker.worker.ts", import.meta.url), { type: "module" });
    this.worker.onmessage = () => {
      const now = performance.now();
      this.heardAt = now;
      // Ticks that piled up while the page was busy would draw the same picture again.
      if (now - this.begunAt < this.interval / 3 || now < this.readyAt) return;
      this.begunAt = now;
      this.readyAt = now + MOST_BUSY_MS;
      this.ticks.push(now);
      if (this.ticks.length > 200) this.ticks.splice(0, 100);
      this.tick();
      this.turn.port2.postMessage(0);
    };
    this.worker.postMessage(this.interval);
  }
}
