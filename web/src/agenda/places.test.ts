import { describe, expect, test } from "vitest";
import { besideRoom, type Place, samePlace, shift, stretch } from "./places.ts";

const BERLIN = "Europe/Berlin";

function place(startsAt: string, endsAt: string): Place {
  return { room: "a", startsAt, endsAt };
}

describe("a session is moved", () => {
  test("by five minutes, as long as it was", () => {
    expect(shift(place("2031-05-14T15:00:00Z", "2031-05-14T15:45:00Z"), 5, BERLIN)).toEqual(
      place("2031-05-14T15:05:00.000Z", "2031-05-14T15:50:00.000Z"),
    );
  });

  test("not into another day", () => {
    const late = place("2031-05-14T21:55:00Z", "2031-05-14T22:25:00Z");
    expect(shift(late, 5, BERLIN)).toBe(late);
  });

  test("over the hour that is skipped: two hours on the wall are one", () => {
    expect(shift(place("2031-03-30T00:30:00Z", "2031-03-30T01:00:00Z"), 120, BERLIN).startsAt).toBe(
      "2031-03-30T01:30:00.000Z",
    );
  });

  test("step by step through the hour that happens twice", () => {
    let now = place("2031-10-26T00:00:00Z", "2031-10-26T00:30:00Z");
    for (let step = 0; step < 24; step++) now = shift(now, 5, BERLIN);
    expect(now.startsAt).toBe("2031-10-26T02:00:00.000Z");
  });

  test("into the room beside it, and no further than the last", () => {
    const rooms = [{ id: "a" }, { id: "b" }];
    const there = besideRoom(place("2031-05-14T15:00:00Z", "2031-05-14T15:45:00Z"), rooms, 1);
    expect(there.room).toBe("b");
    expect(besideRoom(there, rooms, 1)).toBe(there);
  });

  test("longer and shorter, within what a session may last", () => {
    const short = place("2031-05-14T15:00:00Z", "2031-05-14T15:10:00Z");
    expect(stretch(short, -30).endsAt).toBe("2031-05-14T15:05:00.000Z");
    expect(stretch(short, 20).endsAt).toBe("2031-05-14T15:30:00.000Z");
  });

  test("and is in its place whatever way the time is written", () => {
    expect(
      samePlace(
        place("2031-05-14T15:00:00Z", "2031-05-14T15:45:00Z"),
        place("2031-05-14T15:00:00+00:00", "2031-05-14T15:45:00.000Z"),
      ),
    ).toBe(true);
  });
});
