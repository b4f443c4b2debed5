import { describe, expect, test } from "vitest";
import { encodingsOf, layerFor } from "./layers";

describe("which size a tile gets", () => {
  test("a thumbnail the smallest, a tile the middle, the stage the largest", () => {
    expect(layerFor(120)).toBe(0);
    expect(layerFor(360)).toBe(1);
    expect(layerFor(720)).toBe(2);
  });

  test("a sharp screen needs more for the same tile", () => {
    expect(layerFor(180)).toBe(0);
    expect(layerFor(180, 2)).toBe(1);
    expect(layerFor(360, 2)).toBe(2);
  });

  test("a tile that changes a little keeps what it has", () => {
    expect(layerFor(235, 1, 0)).toBe(0);
    expect(layerFor(235, 1, 1)).toBe(1);
    expect(layerFor(470, 1, 1)).toBe(1);
    expect(layerFor(470, 1, 2)).toBe(2);
  });
});

test("a face goes out in three sizes, largest first, a small one in fewer, a screen in one", () => {
  const rids = (width?: number, height?: number) =>
    encodingsOf("camera", { ...(width && { width }), ...(height && { height }) }).map((e) => e.rid);
  expect(rids()).toEqual(["h", "m", "l"]);
  expect(rids(1280, 720)).toEqual(["h", "m", "l"]);
  expect(rids(640, 360)).toEqual(["h", "m"]);
  expect(rids(360, 640)).toEqual(["h", "m"]);
  expect(rids(320, 180)).toEqual([undefined]);
  expect(encodingsOf("screen")).toHaveLength(1);
  expect(encodingsOf("microphone")).toHaveLength(0);
});
