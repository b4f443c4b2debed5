/** The bowl of seats that fills before a round: two sides around the clock, innermost row first. */

export interface Seat {
  x: number;
  y: number;
  r: number;
}

/** Size of the drawing, and where its clock stands. */
export const WIDE = { width: 940, height: 440, x: 470, y: 220 };
export const TALL = { width: 360, height: 400, x: 180, y: 200 };

/** More seats than these would be dots too small to see; then one stands for several people. */
export const MOST_SEATS = 126;

const ROWS = 7;
const FIRST = 9;
const MORE = 3;
/** Half of the arc that a full row spans, in radians: beside the clock, and above and below it. */
const REACH = { wide: 0.855, tall: 1.12 };

/** How many seats of a side are drawn for so many people, and how many of them are lit. */
export function seatsFor(people: number, ready: number): { seats: number; lit: number } {
  const per = Math.max(1, Math.ceil(people / MOST_SEATS));
  const seats = Math.ceil(people / per);
  return { seats, lit: people === 0 ? 0 : Math.min(seats, Math.ceil(ready / per)) };
}

/** Seats of one side, in the order in which they fill: from the middle of the first row outwards, with gaps. */
export function sideSeats(count: number, side: "first" | "second", tall: boolean): Seat[] {
  const sign = side === "first" ? -1 : 1;
  const seats = rowsOf(count).flatMap((inRow, row) =>
    Array.from({ length: inRow }, (_, at) => {
      const full = FIRST + MORE * row;
      const reach = (tall ? REACH.tall : REACH.wide) * Math.min(1, inRow / full);
      const angle = inRow === 1 ? 0 : -reach + (2 * reach * at) / (inRow - 1);
      return placed(row, angle, sign, tall);
    }),
  );
  return shuffled(seats);
}

/** How many sit in each row. */
function rowsOf(count: number): number[] {
  let rows = 1;
  while (rows < ROWS && capacity(rows) < count) rows++;
  const full = capacity(rows);
  const filled = Array.from({ length: rows }, (_, row) => Math.floor(((FIRST + MORE * row) * count) / full));
  for (let row = 0, rest = count - filled.reduce((sum, one) => sum + one, 0); rest > 0; row = (row + 1) % rows, rest--)
    filled[row] = (filled[row] ?? 0) + 1;
  return filled;
}

function capacity(rows: number): number {
  return rows * FIRST + (MORE * rows * (rows - 1)) / 2;
}

function placed(row: number, angle: number, sign: number, tall: boolean): Seat {
  const r = Math.max(3, 6.2 - 0.35 * row);
  if (tall) {
    const [across, away] = [104 + 11.5 * row, 94 + 15.5 * row];
    return { x: TALL.x + across * Math.sin(angle), y: TALL.y + sign * away * Math.cos(angle), r: r * 0.82 };
  }
  const [across, away] = [156 + 36 * row, 101.5 + 28 * row];
  return { x: WIDE.x + sign * across * Math.cos(angle), y: WIDE.y + away * Math.sin(angle), r };
}

/** Always the same disorder, so that nobody's seat jumps when a page is drawn again. */
function shuffled<T>(items: T[]): T[] {
  const mixed = [...items];
  for (let at = mixed.length - 1, seed = 7; at > 0; at--) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    const other = seed % (at + 1);
    const [one, two] = [mixed[at] as T, mixed[other] as T];
    [mixed[at], mixed[other]] = [two, one];
  }
  return mixed;
}
