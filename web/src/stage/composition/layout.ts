import type { BrandFrame, SpotKind, StageLayout } from "../plan";
import { type Box, fitted, inset, PICTURE_WIDTH, WHOLE_PICTURE } from "./box";

/** Who or what is on stage, as far as its place depends on it. */
export interface Placeable {
  spot: string;
  kind: SpotKind;
  /** Width by height of what it shows; of a person it does not matter, because people are cropped. */
  aspect?: number | undefined;
}

/** A place in the picture. */
export interface Tile {
  spot: string;
  box: Box;
  /** Radius of its corners. */
  radius: number;
  /** Faces may be cropped, words on a slide must not. */
  fit: "cover" | "contain";
}

const GAP = 20;
const RADIUS = 14;
/** Room around everything, by the event's frame. */
const MARGIN = { none: GAP, line: GAP + 8, full: 40 } satisfies Record<BrandFrame, number>;
/** Width of the column of faces beside a slide, as part of the picture. */
const COLUMN = 0.25;
/** Width of a face in the corner. */
const CORNER = 0.2;
/** More faces than these would be too small to see; the others are heard. */
const MOST_BESIDE = 4;
const MOST_IN_CORNER = 3;
const PICTURE_ASPECT = 16 / 9;
/** Narrower faces than this, width by height, would be ears: in a grid, and alone in a column. */
const NARROWEST = 0.8;
const NARROWEST_BESIDE = 0.56;
/** Of the room above and below a slide with faces beside it, this much is above: below stand names. */
const ABOVE_SLIDE = 0.25;

/**
 * Where the name of whoever has a tile stands: in the tile, or over the whole picture when one face stands beside or
 * over a slide, where it would be too small to read.
 */
export function nameBox(layout: StageLayout, tile: Tile, tiles: readonly Tile[], named: number): Box {
  const small = tile.fit === "cover" && tile.box.width < PICTURE_WIDTH / 3;
  const withContent = (layout === "slides" || layout === "corner") && tiles.some(({ fit }) => fit === "contain");
  return small && withContent && named === 1 ? WHOLE_PICTURE : tile.box;
}

/** Slides, a screen, a clip: what people talk about. */
export const isContent = ({ kind }: Pick<Placeable, "kind">): boolean => kind !== "person";

/**
 * Where everybody stands. Whoever has no place in this layout is heard but not seen: solo shows the first, duo the first
 * two. A layout for a slide without a slide is a grid, and one with nobody beside it shows the slide alone.
 * @param reserved Height at the lower edge that words take away from tiles (not from a picture that fills everything).
 */
export function arrange(layout: StageLayout, on: readonly Placeable[], frame: BrandFrame, reserved = 0): Tile[] {
  const content = on.find(isContent);
  const people = on.filter((spot) => !isContent(spot));
  const margin = inset(WHOLE_PICTURE, MARGIN[frame]);
  const area = { ...margin, height: margin.height - reserved };
  const [first, second] = on;
  if (!first) return [];
  const alone = (spot: Placeable) => [solo(spot, frame)];
  switch (layout) {
    case "solo":
      return alone(first);
    case "duo":
      return second ? inRow([first, second], area) : alone(first);
    case "grid":
      return second ? inGrid(on, area) : alone(first);
    case "slides":
      if (content && people.length > 0) return beside(content, people.slice(0, MOST_BESIDE), area);
      return content ? alone(content) : arrange("grid", on, frame, reserved);
    case "corner":
      if (content && people.length > 0)
        return [solo(content, frame), ...inCorner(people.slice(0, MOST_IN_CORNER), area)];
      return content ? alone(content) : arrange("grid", on, frame, reserved);
  }
}

function solo(spot: Placeable, frame: BrandFrame): Tile {
  if (frame === "full") return tile(spot, inset(WHOLE_PICTURE, MARGIN.full));
  return { ...tile(spot, WHOLE_PICTURE), radius: 0 };
}

/** A tile in its box: what must not be cropped keeps its shape in the middle of it. */
function tile(spot: Placeable, box: Box): Tile {
  if (!isContent(spot)) return { spot: spot.spot, box, radius: RADIUS, fit: "cover" };
  return { spot: spot.spot, box: fitted(box, spot.aspect ?? PICTURE_ASPECT), radius: RADIUS, fit: "contain" };
}

function inRow(spots: readonly Placeable[], area: Box): Tile[] {
  const width = (area.width - GAP * (spots.length - 1)) / spots.length;
  return spots.map((spot, n) => tile(spot, { ...area, x: area.x + n * (width + GAP), width }));
}

/** Equal tiles, as large as they can be, the last row in the middle. */
function inGrid(spots: readonly Placeable[], area: Box): Tile[] {
  const count = spots.length;
  let best = { columns: 1, width: 0, height: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cell = {
      width: (area.width - GAP * (columns - 1)) / columns,
      height: (area.height - GAP * (rows - 1)) / rows,
    };
    const width = Math.min(cell.width, cell.height * PICTURE_ASPECT);
    const height = Math.min(cell.height, width / NARROWEST);
    if (width * height > best.width * best.height) best = { columns, width, height };
  }
  const { columns, width, height } = best;
  const rows = Math.ceil(count / columns);
  const top = area.y + (area.height - rows * height - GAP * (rows - 1)) / 2;
  return spots.map((spot, n) => {
    const row = Math.floor(n / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = area.x + (area.width - inRow * width - GAP * (inRow - 1)) / 2;
    return tile(spot, { x: left + (n % columns) * (width + GAP), y: top + row * (height + GAP), width, height });
  });
}

/** The slide on the left, faces in a column on its right. */
function beside(content: Placeable, people: readonly Placeable[], area: Box): Tile[] {
  const column = PICTURE_WIDTH * COLUMN;
  const slide = tile(content, { ...area, width: area.width - column - GAP });
  slide.box.y = area.y + (area.height - slide.box.height) * ABOVE_SLIDE;
  const height = Math.min((area.height - GAP * (people.length - 1)) / people.length, column / NARROWEST_BESIDE);
  const all = people.length * height + GAP * (people.length - 1);
  const level = slide.box.y + all <= area.y + area.height;
  const top = level ? slide.box.y : area.y + (area.height - all) / 2;
  const x = area.x + area.width - column;
  return [slide, ...people.map((person, n) => tile(person, { x, y: top + n * (height + GAP), width: column, height }))];
}

/** Small faces upwards from the lower right corner. */
function inCorner(people: readonly Placeable[], area: Box): Tile[] {
  const width = PICTURE_WIDTH * CORNER;
  const height = width / PICTURE_ASPECT;
  const x = area.x + area.width - width;
  return people.map((person, n) =>
    tile(person, { x, y: area.y + area.height - height - n * (height + GAP), width, height }),
  );
}
