import { describe, expect, test } from "vitest";
import type { BrandFrame, SpotKind, StageLayout } from "../plan";
import { type Box, PICTURE_HEIGHT, PICTURE_WIDTH, WHOLE_PICTURE } from "./box";
import { arrange, nameBox, type Placeable } from "./layout";

const LAYOUTS: StageLayout[] = ["solo", "duo", "grid", "slides", "corner"];
const FRAMES: BrandFrame[] = ["none", "line", "full"];

const people = (count: number): Placeable[] =>
  Array.from({ length: count }, (_, n) => ({ spot: `p${n}`, kind: "person" }));
const content = (kind: SpotKind = "slides", aspect = 16 / 9): Placeable => ({ spot: kind, kind, aspect });

const overlap = (a: Box, b: Box) =>
  Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.01 &&
  Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.01;

describe("every layout", () => {
  test("keeps every tile inside the picture, whatever is on stage", () => {
    for (const layout of LAYOUTS)
      for (const frame of FRAMES)
        for (let count = 0; count <= 12; count++)
          for (const on of [people(count), [content(), ...people(count)], [...people(count), content("screen", 4 / 3)]])
            for (const { box } of arrange(layout, on, frame, 120)) {
              expect(box.x).toBeGreaterThanOrEqual(-0.01);
              expect(box.y).toBeGreaterThanOrEqual(-0.01);
              expect(box.x + box.width).toBeLessThanOrEqual(PICTURE_WIDTH + 0.01);
              expect(box.y + box.height).toBeLessThanOrEqual(PICTURE_HEIGHT + 0.01);
              expect(box.width).toBeGreaterThan(60);
              expect(box.height).toBeGreaterThan(60);
            }
  });

  test("lets no tile cover another, but for faces in the corner of a slide", () => {
    for (const layout of LAYOUTS.filter((name) => name !== "corner"))
      for (const frame of FRAMES)
        for (let count = 1; count <= 12; count++)
          for (const on of [people(count), [content(), ...people(count)]]) {
            const tiles = arrange(layout, on, frame);
            for (const [n, a] of tiles.entries())
              for (const b of tiles.slice(n + 1)) expect(overlap(a.box, b.box)).toBe(false);
          }
  });

  test("shows nothing of an empty stage, and one person whole", () => {
    for (const layout of LAYOUTS) {
      expect(arrange(layout, [], "none")).toEqual([]);
      expect(arrange(layout, people(1), "none").map(({ box }) => box)).toEqual([WHOLE_PICTURE]);
    }
  });

  test("never crops a slide", () => {
    for (const layout of LAYOUTS)
      for (const tile of arrange(layout, [content("slides", 4 / 3), ...people(2)], "full")) {
        if (tile.spot !== "slides") continue;
        expect(tile.fit).toBe("contain");
        if (layout !== "solo" || tile.radius > 0) expect(tile.box.width / tile.box.height).toBeCloseTo(4 / 3);
      }
  });
});

describe("who is seen", () => {
  const seen = (layout: StageLayout, on: Placeable[]) => arrange(layout, on, "none").map(({ spot }) => spot);

  test("solo shows the first, duo the first two, grid everybody", () => {
    expect(seen("solo", people(3))).toEqual(["p0"]);
    expect(seen("duo", people(3))).toEqual(["p0", "p1"]);
    expect(seen("grid", people(7))).toHaveLength(7);
  });

  test("faces beside and over a slide are as many as one can see", () => {
    expect(seen("slides", [...people(6), content()])).toEqual(["slides", "p0", "p1", "p2", "p3"]);
    expect(seen("corner", [...people(6), content()])).toEqual(["slides", "p0", "p1", "p2"]);
  });

  test("a layout for slides without a slide is a grid", () => {
    expect(arrange("slides", people(3), "line")).toEqual(arrange("grid", people(3), "line"));
    expect(arrange("corner", people(4), "line")).toEqual(arrange("grid", people(4), "line"));
  });
});

describe("a grid", () => {
  test("has equal tiles with the last row in the middle", () => {
    const tiles = arrange("grid", people(5), "none").map(({ box }) => box);
    for (const { width, height } of tiles) {
      expect(width).toBeCloseTo(tiles[0]?.width ?? 0);
      expect(height).toBeCloseTo(tiles[0]?.height ?? 0);
    }
    const last = tiles.slice(3);
    const left = last[0]?.x ?? 0;
    const right = PICTURE_WIDTH - (last[1] ? last[1].x + last[1].width : 0);
    expect(left).toBeCloseTo(right);
  });
});

describe("the place of a name", () => {
  test("is the tile, but the whole picture for the one face beside a slide", () => {
    const slides = arrange("slides", [content(), ...people(1)], "none");
    const face = slides[1];
    if (!face) throw new Error("nobody");
    expect(nameBox("slides", face, slides, 1)).toEqual(WHOLE_PICTURE);
    expect(nameBox("slides", face, slides, 2)).toEqual(face.box);
    const pair = arrange("duo", people(2), "none");
    expect(pair.map((tile) => nameBox("duo", tile, pair, 1))).toEqual(pair.map(({ box }) => box));
  });
});
