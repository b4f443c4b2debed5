import { describe, expect, test } from "vitest";
import { blur, canBlur } from "./blur";
import type { CallPeer } from "./callNow";
import { cameraGoesOut } from "./cameras";

const peer = (id: string, camera?: "on" | "wanted"): CallPeer => ({
  peer: id,
  person: id,
  name: id,
  role: "attendee",
  publishes: true,
  mayPublish: true,
  silenced: false,
  link: "connected",
  quality: undefined,
  speaking: false,
  tracks: camera ? [{ id: "c", kind: "camera", muted: camera === "wanted", stream: undefined }] : [],
});

describe("a camera", () => {
  test("goes out when both want it, and not before", () => {
    expect(cameraGoesOut("mutual", true, [], [])).toBe(false);
    expect(cameraGoesOut("mutual", true, [], [peer("sofia")])).toBe(false);
    expect(cameraGoesOut("mutual", false, [], [peer("sofia", "wanted")])).toBe(false);
    expect(cameraGoesOut("mutual", true, [], [peer("sofia", "wanted")])).toBe(true);
  });

  test("stays on when the other switches theirs off, and is not shown to somebody new who does not want cameras", () => {
    expect(cameraGoesOut("mutual", true, ["sofia"], [peer("sofia")])).toBe(true);
    expect(cameraGoesOut("mutual", true, ["sofia"], [peer("sofia", "on"), peer("kwame")])).toBe(false);
    expect(cameraGoesOut("mutual", true, ["sofia"], [peer("sofia", "on"), peer("kwame", "wanted")])).toBe(true);
  });

  test("is everybody's own business where that is the rule", () => {
    expect(cameraGoesOut("free", true, [], [peer("sofia")])).toBe(true);
    expect(cameraGoesOut("free", false, [], [peer("sofia", "on")])).toBe(false);
  });
});

describe("what is behind somebody", () => {
  const camera = (choices: unknown) => {
    const asked: unknown[] = [];
    const track = {
      getCapabilities: () => ({ backgroundBlur: choices }),
      getConstraints: () => ({ width: { ideal: 1280 } }),
      applyConstraints: async (wish: unknown) => void asked.push(wish),
    };
    return { track: track as unknown as MediaStreamTrack, asked };
  };

  test("can be blurred where the browser lets a page switch it", async () => {
    expect(canBlur(camera(undefined).track)).toBe(false);
    expect(canBlur(camera([false]).track)).toBe(false);
    expect(canBlur(undefined)).toBe(false);
    const { track, asked } = camera([true, false]);
    expect(canBlur(track)).toBe(true);
    await blur(track, true);
    expect(asked).toEqual([{ width: { ideal: 1280 }, backgroundBlur: true }]);
  });
});
