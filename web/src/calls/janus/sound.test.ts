import { expect, test } from "vitest";
import { withStereo } from "./sound";

const VOICE = "a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\na=fmtp:96 apt=97\r\n";

test("music keeps its two channels, and nothing else changes", () => {
  const music = withStereo(VOICE);
  expect(music).toContain("useinbandfec=1;stereo=1;maxaveragebitrate=128000\r\n");
  expect(music).toContain("a=fmtp:96 apt=97");
  expect(withStereo(music)).toBe(music);
});
