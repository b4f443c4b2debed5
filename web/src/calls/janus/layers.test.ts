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

test("a face goes out in three sizes, largest first, a screen in one", () => {
  expect(encodingsOf("camera")?.map((e) => e.rid)).toEqual(["h", "m", "l"]);
  expect(encodingsOf("screen")).toHaveLength(1);
  expect(encodingsOf("microphone")).toBeUndefined();
});
