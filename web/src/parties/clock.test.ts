import { describe, expect, it } from "vitest";
import { clockText, markPassed, secondsLeft, shareLeft } from "./clock.ts";

describe("a clock of the party", () => {
  it("shows a second until it is over, and never less than none", () => {
    expect(secondsLeft(10_000, 9_001)).toBe(1);
    expect(secondsLeft(10_000, 9_000)).toBe(1);
    expect(secondsLeft(10_000, 10_000)).toBe(0);
    expect(secondsLeft(10_000, 12_000)).toBe(0);
    expect(clockText(222)).toBe("3:42");
    expect(clockText(9)).toBe("0:09");
  });

  it("knows which part is left", () => {
    expect(shareLeft(10_000, 7_500, 10_000)).toBe(0.25);
    expect(shareLeft(10_000, 11_000, 10_000)).toBe(0);
    expect(shareLeft(10_000, -5_000, 10_000)).toBe(1);
    expect(shareLeft(10_000, 0, 0)).toBe(0);
  });

  it("is worth a word a minute, half a minute and ten seconds before the end, once each", () => {
    expect(markPassed(undefined, 59)).toBeUndefined();
    expect(markPassed(61, 60)).toBe(60);
    expect(markPassed(60, 59)).toBeUndefined();
    expect(markPassed(31, 30)).toBe(30);
    expect(markPassed(11, 10)).toBe(10);
    expect(markPassed(1, 0)).toBeUndefined();
  });

  it("names only the last mark when a tab slept, and none when time was added", () => {
    expect(markPassed(90, 8)).toBe(10);
    expect(markPassed(5, 150)).toBeUndefined();
  });
});
