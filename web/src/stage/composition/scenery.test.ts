import { describe, expect, test } from "vitest";
import type { Tile } from "./layout";
import { Fade, MOVE_MS, Scenery } from "./scenery";

const tile = (spot: string, x: number, width = 100): Tile => ({
  spot,
  box: { x, y: 0, width, height: 100 },
  radius: 0,
  fit: "cover",
});
const at = (scenery: Scenery, now: number) =>
  Object.fromEntries(scenery.shown(now).map(({ spot, box, alpha }) => [spot, { x: box.x, alpha }]));

describe("tiles on their way", () => {
  test("move from where they are to where they shall be", () => {
    const scenery = new Scenery();
    scenery.arrange([tile("a", 0)], 0);
    scenery.arrange([tile("a", 400)], 1_000);
    const half = at(scenery, 1_000 + MOVE_MS / 2)["a"]?.x ?? 0;
    expect(half).toBeGreaterThan(200);
    expect(half).toBeLessThan(400);
    expect(at(scenery, 1_000 + MOVE_MS)).toEqual({ a: { x: 400, alpha: 1 } });
  });

  test("come and go by fading, and who leaves is drawn first", () => {
    const scenery = new Scenery();
    scenery.arrange([tile("a", 0)], 0);
    scenery.arrange([tile("b", 0)], 1_000);
    const order = scenery.shown(1_100).map(({ spot }) => spot);
    expect(order).toEqual(["a", "b"]);
    expect(at(scenery, 1_100)["a"]?.alpha).toBeLessThan(1);
    expect(Object.keys(at(scenery, 1_000 + MOVE_MS))).toEqual(["b"]);
  });

  test("begin a new move where the last one was interrupted", () => {
    const scenery = new Scenery();
    scenery.arrange([tile("a", 0)], 0);
    scenery.arrange([tile("a", 400)], 1_000);
    const before = at(scenery, 1_080)["a"]?.x ?? 0;
    scenery.arrange([tile("a", 0)], 1_080);
    expect(at(scenery, 1_080)["a"]?.x).toBeCloseTo(before);
    expect(at(scenery, 2_000)["a"]?.x).toBe(0);
  });

  test("come back while they leave", () => {
    const scenery = new Scenery();
    scenery.arrange([tile("a", 0)], 0);
    scenery.arrange([], 1_000);
    scenery.arrange([tile("a", 0)], 1_050);
    expect(at(scenery, 1_400)).toEqual({ a: { x: 0, alpha: 1 } });
  });

  test("are told the same again and again without starting anew", () => {
    const scenery = new Scenery();
    scenery.arrange([tile("a", 0)], 0);
    scenery.arrange([tile("a", 400)], 1_000);
    for (let now = 1_000; now <= 1_000 + MOVE_MS; now += 40) scenery.arrange([tile("a", 400)], now);
    expect(at(scenery, 1_000 + MOVE_MS)["a"]?.x).toBe(400);
  });

  test("jump for those who want nothing to move", () => {
    const scenery = new Scenery(0);
    scenery.arrange([tile("a", 0), tile("b", 200)], 0);
    scenery.arrange([tile("a", 400)], 1_000);
    expect(at(scenery, 1_000)).toEqual({ a: { x: 400, alpha: 1 } });
  });
});

test("something that fades comes, goes, and turns around where it is", () => {
  const fade = new Fade(100);
  expect(fade.alpha(0)).toBe(0);
  fade.set(true, 0);
  const half = fade.alpha(50);
  expect(half).toBeGreaterThan(0.5);
  fade.set(false, 50);
  expect(fade.alpha(50)).toBe(half);
  expect(fade.alpha(150)).toBe(0);
});
