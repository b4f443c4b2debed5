import type { Place } from "./wire";

/** Size of the drawing. */
export const HALL = { width: 1200, height: 600, x: 600, y: 24 };

const FIRST_ROW = 112;
const ROW_STEP = 29;
const ROWS_INSIDE = 11;
const ROWS_IN_LINE = 4;
const SEAT = 25.3;
/** Half as wide as the line may be, so that a phone shows all of it. */
const LINE_REACH = 395;

export interface Seat {
  x: number;
  y: number;
}

function row(radius: number, reach: number): Seat[] {
  const from = reach < radius ? Math.acos(reach / radius) : 0;
  const steps = Math.floor((radius * (Math.PI - 2 * from)) / SEAT);
  return Array.from({ length: steps + 1 }, (_, n) => {
    const angle = from + (n * (Math.PI - 2 * from)) / steps;
    return { x: HALL.x + radius * Math.cos(angle), y: HALL.y + radius * Math.sin(angle) };
  });
}

const rows = (first: number, count: number, reach: number) =>
  Array.from({ length: count }, (_, n) => row(FIRST_ROW + ROW_STEP * (first + n), reach));

/** The rows of those who are in, innermost first. */
export const insideRows: readonly Seat[][] = rows(0, ROWS_INSIDE, Number.POSITIVE_INFINITY);

const lineSeats: readonly Seat[] = rows(ROWS_INSIDE, ROWS_IN_LINE, LINE_REACH).flat();

/** The line around the room as it is: those before us, us, those after us. In a long line a seat stands for several. */
export function lineAround({ place, people }: Pick<Place, "place" | "people">): {
  before: readonly Seat[];
  you: Seat;
  after: readonly Seat[];
} {
  const perSeat = Math.max(1, Math.ceil(people / lineSeats.length));
  const at = Math.min(lineSeats.length, Math.ceil(place / perSeat)) - 1;
  return {
    before: lineSeats.slice(0, at),
    you: lineSeats[at] ?? HALL,
    after: lineSeats.slice(at + 1, Math.ceil(people / perSeat)),
  };
}
