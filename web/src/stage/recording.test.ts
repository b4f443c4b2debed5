import { describe, expect, test } from "vitest";
import { recordingType } from "./recording";

describe("what to record", () => {
  test("is what the server wishes when the browser can", () => {
    expect(recordingType("video/webm", () => true)).toBe("video/webm;codecs=h264,opus");
    expect(recordingType("video/mp4", () => true)).toBe("video/mp4;codecs=avc1.42E01E,opus");
  });

  test("is the next best when it cannot", () => {
    expect(recordingType("video/webm", (type) => type.includes("vp8"))).toBe("video/webm;codecs=vp8,opus");
    expect(recordingType("video/webm", (type) => type.startsWith("video/mp4"))).toMatch(/^video\/mp4/);
    expect(recordingType("video/mp4", (type) => type.includes("mp4a"))).toBe("video/mp4;codecs=avc1.42E01E,mp4a.40.2");
  });

  test("is nothing when the server could not use it", () => {
    expect(recordingType("video/mp4", (type) => type.startsWith("video/webm"))).toBeUndefined();
    expect(recordingType("video/webm", () => false)).toBeUndefined();
  });
});
