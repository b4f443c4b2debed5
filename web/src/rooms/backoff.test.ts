import { afterEach, describe, expect, test, vi } from "vitest";
import { BACKOFF_CEILING_MS, BACKOFF_FIRST_MS, backoffMs, waitToRetry } from "./backoff";

describe("backoff with full jitter", () => {
  afterEach(() => vi.useRealTimers());

  test("doubles its ceiling from half a second to thirty seconds", () => {
    const ceilings = Array.from({ length: 10 }, (_, attempt) => backoffMs(attempt, () => 1));
    expect(ceilings.slice(0, 6)).toEqual(
      [500, 1_000, 2_000, 4_000, 8_000, 16_000].map((ms) => ms * (BACKOFF_FIRST_MS / 500)),
    );
    expect(Math.max(...ceilings)).toBe(BACKOFF_CEILING_MS);
    expect(backoffMs(5_000, () => 1)).toBe(BACKOFF_CEILING_MS);
  });

  test("spreads people over the whole wait, from nothing on", () => {
    expect(backoffMs(8, () => 0)).toBe(0);
    expect(backoffMs(8, () => 0.25)).toBe(BACKOFF_CEILING_MS / 4);
  });

  test("is cut short by coming online and by leaving", async () => {
    vi.useFakeTimers();
    const online = new EventTarget();
    vi.stubGlobal("addEventListener", online.addEventListener.bind(online));
    vi.stubGlobal("removeEventListener", online.removeEventListener.bind(online));
    const leaving = new AbortController();
    const first = waitToRetry(60_000, leaving.signal);
    online.dispatchEvent(new Event("online"));
    await first;
    const second = waitToRetry(60_000, leaving.signal);
    leaving.abort();
    await second;
    await waitToRetry(60_000, leaving.signal);
    expect(vi.getTimerCount()).toBe(0);
    vi.unstubAllGlobals();
  });
});
