import { describe, expect, it } from "vitest";
import { badgeOf, countsOf, type FloorNow, freeSeat, newer, seatsOf, type TableNow, tableOf } from "./floor.ts";

const person = (name: string) => ({ person: name, name });
const table = (change: Partial<TableNow> = {}): TableNow => ({
  id: "t",
  number: 1,
  topic: "Tea",
  seats: 4,
  locked: false,
  passing: false,
  kept: 0,
  list: [],
  sitters: [{ ...person("ann"), seat: 2 }],
  knocks: [],
  ...change,
});
const floor = (version: number, ...tables: TableNow[]): FloorNow => ({ room: "r", version, tables });
const states = (one: TableNow, me: string) => seatsOf(one, me).map(({ state }) => state);

describe("a floor", () => {
  it("is the newest that was told, whatever comes late", () => {
    expect(newer(floor(3), floor(2))?.version).toBe(3);
    expect(newer(floor(3), floor(4))?.version).toBe(4);
    expect(newer(floor(3), { ...floor(1), room: "other" })?.room).toBe("other");
    expect(newer(floor(3), undefined)?.version).toBe(3);
  });

  it("knows who sits where, and what is free", () => {
    const one = floor(1, table(), table({ id: "u", sitters: [] }));
    expect(tableOf(one, "ann")?.id).toBe("t");
    expect(tableOf(one, "ben")).toBeUndefined();
    expect(countsOf(one)).toEqual({ tables: 2, people: 1, free: 7 });
  });
});

describe("a seat", () => {
  it("is mine, taken or free", () => {
    expect(states(table(), "ann")).toEqual(["free", "mine", "free", "free"]);
    expect(states(table(), "ben")).toEqual(["free", "taken", "free", "free"]);
    expect(freeSeat(table(), "ben")).toBe(1);
  });

  it("is the host's when it is the first of a hosted table", () => {
    const hosted = table({ host: person("zoe") });
    expect(states(hosted, "ben")[0]).toBe("kept");
    expect(states(hosted, "zoe")[0]).toBe("free");
    expect(freeSeat(hosted, "ben")).toBe(3);
  });

  it("is kept for the list of a roundtable, when no others are left", () => {
    const round = table({ startsAt: 1, kept: 3, list: [person("cleo")] });
    expect(states(round, "ben")).toEqual(["kept", "taken", "kept", "kept"]);
    expect(states(round, "cleo")).toEqual(["free", "taken", "free", "free"]);
    expect(states({ ...round, kept: 2 }, "ben")).toContain("free");
  });

  it("wants a knock at a locked table, not of those who sit there", () => {
    expect(states(table({ locked: true }), "ben")).toEqual(["locked", "taken", "locked", "locked"]);
    expect(states(table({ locked: true }), "ann")).toEqual(["free", "mine", "free", "free"]);
    expect(freeSeat(table({ locked: true }), "ben")).toBeUndefined();
  });

  it("has one badge, the most important", () => {
    expect(badgeOf(table(), "ann")).toBe("mine");
    expect(badgeOf(table({ locked: true }), "ben")).toBe("locked");
    expect(badgeOf(table({ seats: 1, locked: true }), "ben")).toBe("full");
    expect(badgeOf(table({ startsAt: 1 }), "ben")).toBe("roundtable");
    expect(badgeOf(table({ startsAt: 1, list: [person("ben")] }), "ben")).toBe("listed");
    expect(badgeOf(table(), "ben")).toBeUndefined();
  });
});
