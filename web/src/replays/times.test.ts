import { describe, expect, it } from "vitest";
import { chaptersOf, secondsOf } from "./times.ts";

describe("times as people write them", () => {
  it("are read", () => {
    expect(["1:02:03", "4:05", " 12 ", "0:01.5"].map(secondsOf)).toEqual([3723, 245, 12, 1.5]);
    expect(["", "soon", "1:2:3:4", "1:-2", "-3"].map(secondsOf)).toEqual(Array(5).fill(undefined));
  });

  it("begin chapters", () => {
    expect(chaptersOf("0:00 Welcome\n\n  4:05   The forecast \n").chapters).toEqual([
      { atSeconds: 0, title: "Welcome" },
      { atSeconds: 245, title: "The forecast" },
    ]);
    expect(chaptersOf("0:00 Welcome\nThe forecast").wrong).toBe(2);
    expect(chaptersOf("4:05").wrong).toBe(1);
  });
});
