import { describe, expect, it } from "vitest";
import { MOST_SEATS, seatsFor, sideSeats, TALL, WIDE } from "./seats.ts";

describe("the bowl of seats", () => {
  it("has a seat for everybody until there are too many to draw; then one stands for several", () => {
    expect(seatsFor(6, 4)).toEqual({ seats: 6, lit: 4 });
    expect(seatsFor(0, 0)).toEqual({ seats: 0, lit: 0 });
    const many = seatsFor(10_000, 5_000);
    expect(many.seats).toBeLessThanOrEqual(MOST_SEATS);
    expect(many.lit / many.seats).toBeCloseTo(0.5, 1);
  });

  it("places every seat on the drawing, beside the clock and apart from each other", () => {
    for (const tall of [false, true])
      for (const count of [1, 2, 3, 9, 10, 40, 112, MOST_SEATS]) {
        const { width, height } = tall ? TALL : WIDE;
        const seats = [...sideSeats(count, "first", tall), ...sideSeats(count, "second", tall)];
        expect(seats).toHaveLength(2 * count);
        for (const { x, y, r } of seats) {
          expect(x - r).toBeGreaterThanOrEqual(0);
          expect(x + r).toBeLessThanOrEqual(width);
          expect(y - r).toBeGreaterThanOrEqual(0);
          expect(y + r).toBeLessThanOrEqual(height);
          expect(Math.hypot(x - (tall ? TALL : WIDE).x, y - (tall ? TALL : WIDE).y)).toBeGreaterThan(tall ? 62 : 78);
        }
        for (const [at, one] of seats.entries())
          for (const other of seats.slice(at + 1))
            expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(one.r + other.r);
      }
  });

  it("keeps everybody where they are when it is drawn again", () => {
    expect(sideSeats(20, "first", false)).toEqual(sideSeats(20, "first", false));
  });
});
