import { afterEach, describe, expect, test, vi } from "vitest";
import { REPORT_MS, StagePlayer } from "./player";

vi.mock("hls.js/light", () => ({ default: { isSupported: () => false } }));

/** A video that plays playlists by itself, and sound only after a press when `strict`. */
function video(strict: boolean) {
  const element = document.createElement("video");
  element.canPlayType = () => "maybe";
  element.play = vi.fn(async () => {
    if (strict && !element.muted) throw new DOMException("press first", "NotAllowedError");
  });
  return element;
}

describe("a stage player", () => {
  afterEach(() => vi.useRealTimers());

  test("starts without sound when the browser insists, and brings the sound at a press", async () => {
    const element = video(true);
    const player = new StagePlayer(element, () => undefined);
    player.load("/live/b/e/live.m3u8");
    await vi.waitFor(() => expect(player.current().soundBlocked).toBe(true));
    expect(element.muted).toBe(true);
    player.unmute();
    expect(element.muted).toBe(false);
    expect(player.current().soundBlocked).toBe(false);
    player.close();
  });

  test("plays with sound at once where it may", async () => {
    const element = video(false);
    const player = new StagePlayer(element, () => undefined);
    player.load("/live/b/e/live.m3u8");
    await vi.waitFor(() => expect(element.play).toHaveBeenCalled());
    expect(element.muted).toBe(false);
    expect(player.current().soundBlocked).toBe(false);
    player.close();
  });

  test("tells how it plays every five seconds, and when the picture stands still", async () => {
    vi.useFakeTimers();
    const element = video(false);
    let time = 0;
    let moving = true;
    Object.defineProperty(element, "currentTime", { get: () => (moving ? time++ : time) });
    const report = vi.fn();
    const player = new StagePlayer(element, report);
    player.load("/live/b/e/live.m3u8");
    await vi.advanceTimersByTimeAsync(3 * REPORT_MS);
    expect(report.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(report.mock.lastCall?.[1]).toBe(false);
    moving = false;
    await vi.advanceTimersByTimeAsync(2 * REPORT_MS);
    expect(report.mock.lastCall?.[1]).toBe(true);
    player.close();
    const told = report.mock.calls.length;
    await vi.advanceTimersByTimeAsync(2 * REPORT_MS);
    expect(report).toHaveBeenCalledTimes(told);
  });
});
