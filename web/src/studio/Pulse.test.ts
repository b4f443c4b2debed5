import { describe, expect, it } from "vitest";
import { counted, heights, ticked } from "./Pulse.tsx";

describe("the audience's pulse", () => {
  it("counts into the newest bar, and lets the oldest go with time", () => {
    expect(counted([1, 2, 3], 4)).toEqual([1, 2, 7]);
    expect(ticked([1, 2, 7])).toEqual([2, 7, 0]);
  });

  it("stands against the busiest bar, but does not blow up a quiet room", () => {
    expect(heights([0, 10, 20])).toEqual([0, 0.5, 1]);
    expect(heights([0, 0, 1])).toEqual([0, 0, 0.2]);
  });
});
