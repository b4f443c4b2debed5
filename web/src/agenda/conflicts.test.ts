import { describe, expect, it } from "vitest";
import { conflictsOf, findConflicts, findTight, type PlacedSession } from "./conflicts.ts";

const jonas = { id: "jonas", name: "Jonas Lindqvist" };
const meilin = { id: "meilin", name: "Mei-Lin Zhou" };
const main = { id: "main", name: "Main stage" };
const workshop = { id: "workshop", name: "Workshop B" };

function session(
  id: string,
  from: string,
  to: string,
  room = main,
  speakers = [] as { id: string; name: string }[],
): PlacedSession {
  return { id, title: id, startsAt: `2027-03-03T${from}:00Z`, endsAt: `2027-03-03T${to}:00Z`, room, speakers };
}

describe("an agenda", () => {
  it("with touching sessions has no conflict", () => {
    expect(findConflicts([session("a", "09:00", "10:00"), session("b", "10:00", "11:00")])).toEqual([]);
  });

  it("with different rooms and people has no conflict", () => {
    expect(
      findConflicts([
        session("a", "09:00", "10:00", main, [jonas]),
        session("b", "09:00", "10:00", workshop, [meilin]),
      ]),
    ).toEqual([]);
  });

  it("shows two sessions in one room and by how much they overlap", () => {
    const [conflict, ...rest] = findConflicts([session("b", "09:45", "10:30"), session("a", "09:00", "10:00")]);
    expect(rest).toEqual([]);
    expect(conflict).toMatchObject({ kind: "room", overlapMinutes: 15, earlier: { id: "a" }, later: { id: "b" } });
  });

  it("counts a session inside another by its own length", () => {
    expect(findConflicts([session("a", "09:00", "12:00"), session("b", "10:00", "10:20")])[0]?.overlapMinutes).toBe(20);
  });

  it("shows one person in two rooms", () => {
    const found = findConflicts([
      session("a", "11:30", "12:30", main, [jonas, meilin]),
      session("b", "12:00", "13:00", workshop, [jonas]),
    ]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: "speaker", speaker: jonas, overlapMinutes: 30 });
  });

  it("says it once when one person has two sessions in one room", () => {
    const found = findConflicts([
      session("a", "09:00", "10:00", main, [jonas]),
      session("b", "09:30", "10:30", main, [jonas]),
    ]);
    expect(found.map((conflict) => conflict.kind)).toEqual(["room"]);
  });

  it("finds every pair when three sessions meet", () => {
    const found = findConflicts([
      session("a", "09:00", "11:00"),
      session("b", "09:30", "10:30"),
      session("c", "10:00", "11:30"),
    ]);
    expect(found.map((conflict) => `${conflict.earlier.id}${conflict.later.id}`)).toEqual(["ab", "ac", "bc"]);
    expect(conflictsOf(found, "c")).toHaveLength(2);
  });

  it("offers the next start that is free for the room and for the person", () => {
    const found = findConflicts([
      session("a", "11:30", "12:30", main, [jonas]),
      session("b", "12:00", "13:00", workshop, [jonas]),
      session("c", "12:45", "13:32", workshop),
      session("d", "13:40", "14:40", main, [jonas]),
    ]);
    const repair = found.find((conflict) => conflict.kind === "speaker")?.repairStart;
    expect(repair && new Date(repair).toISOString()).toBe("2027-03-03T14:40:00.000Z");
  });

  it("ignores a session without length instead of failing on it", () => {
    expect(findConflicts([session("a", "09:00", "09:00"), session("b", "08:00", "10:00")])).toEqual([]);
  });
});

describe("a person who changes rooms", () => {
  const first = session("a", "09:00", "10:00", main, [jonas]);

  it("within five minutes has no buffer", () => {
    const [tight] = findTight([first, session("b", "10:04", "11:00", workshop, [meilin, jonas])]);
    expect([tight?.session.id, tight?.next.id, tight?.person.name]).toEqual(["a", "b", "Jonas Lindqvist"]);
  });

  it("with five minutes, or in the same room, is fine", () => {
    expect(findTight([first, session("b", "10:05", "11:00", workshop, [jonas])])).toEqual([]);
    expect(findTight([first, session("b", "10:00", "11:00", main, [jonas])])).toEqual([]);
  });
});
