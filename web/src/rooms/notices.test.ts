import { describe, expect, it } from "vitest";
import { byOurClock, type NoticesNow, shown } from "./notices.ts";

const told: NoticesNow = {
  room: "r",
  now: 1_000_000,
  announcements: [
    { id: "b", text: "Ten minutes left", by: "Lena", at: 999_000, until: 1_060_000 },
    { id: "a", text: "Lunch", by: "Lena", at: 900_000, until: 1_010_000 },
  ],
  move: { id: "m", to: "s", slug: "stage", name: "Main stage", kind: "stage", by: "Lena", goesAt: 1_015_000 },
};

describe("notices", () => {
  it("count by this machine's clock, however wrong that is", () => {
    const here = byOurClock(told, 5_000_000);
    expect(here.move?.goesAt).toBe(5_015_000);
    expect(here.announcements.map(({ until }) => until)).toEqual([5_060_000, 5_010_000]);
    expect(byOurClock({ ...told, move: null }, 0).move).toBeNull();
  });

  it("are shown until they are over or put away", () => {
    expect(shown(told, 1_000_000, []).map(({ id }) => id)).toEqual(["b", "a"]);
    expect(shown(told, 1_020_000, []).map(({ id }) => id)).toEqual(["b"]);
    expect(shown(told, 1_000_000, ["b"]).map(({ id }) => id)).toEqual(["a"]);
    expect(shown(undefined, 0, [])).toEqual([]);
  });
});
