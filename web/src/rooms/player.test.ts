import { expect, test } from "vitest";
import { nativeSourceOf, sourceOf } from "./player.ts";

const master = "/live/b/e/master.m3u8";

test("plays the picture as it is told", () => {
  expect(sourceOf(master, "auto", "none", true)).toBe(master);
  expect(sourceOf(master, 240, "none", true)).toBe(master);
});

test("loads nothing but the sound when somebody only listens", () => {
  expect(sourceOf(master, "sound", "none", true)).toBe("/live/b/e/sound/live.m3u8");
  expect(sourceOf("https://cdn.example.org/live/b/e/live.m3u8", "sound", "none", true)).toBe(
    "https://cdn.example.org/live/b/e/sound/live.m3u8",
  );
});

test("asks for whole segments on a weak network, and for the sound alone on a weaker one", () => {
  expect(sourceOf(master, "auto", "weak", true)).toBe("/live/b/e/master.m3u8?plain");
  expect(sourceOf(master, "auto", "soundOnly", true)).toBe("/live/b/e/sound/live.m3u8");
});

test("keeps to the picture where there is no sound by itself", () => {
  expect(sourceOf(master, "sound", "none", false)).toBe(master);
});

test("gives a browser that plays by itself the playlist that tells of captions", () => {
  expect(nativeSourceOf("https://cdn.example.org/live/b/e/live.m3u8?plain")).toBe(
    "https://cdn.example.org/live/b/e/master.m3u8?plain",
  );
  expect(nativeSourceOf("/live/b/e/sound/live.m3u8")).toBe("/live/b/e/sound/live.m3u8");
  expect(nativeSourceOf("https://elsewhere.example.org/live.m3u8")).toBe("https://elsewhere.example.org/live.m3u8");
});
