import { describe, expect, test } from "vitest";
import { heatOf } from "./ReplayTrack.tsx";

describe("the curve of messages over a replay", () => {
  test("is highest where most was written", () => {
    const heat = heatOf([10, 50, 50.2, 50.4, 51], 100);
    expect(heat?.peak).toBeGreaterThan(48);
    expect(heat?.peak).toBeLessThan(53);
    expect(heat?.path).toMatch(/^M0 34 L0 .* L1000 34Z$/);
  });

  test("takes messages from before the start and after the end", () => {
    expect(heatOf([-3, 130], 100)?.path).toBeDefined();
  });

  test("is left out when there is nothing to show", () => {
    expect(heatOf([], 100)).toBeUndefined();
    expect(heatOf([1], 0)).toBeUndefined();
  });
});
