import { describe, expect, test } from "vitest";
import { apply, type Board, closeTo, listed, type Question } from "./questions.ts";

const question = (id: string, more: Partial<Question> = {}): Question => ({
  id,
  text: `What about ${id}?`,
  state: "open",
  votes: 0,
  merged: 0,
  at: 1,
  ...more,
});

const board = (...questions: Question[]): Board => ({
  version: 10,
  closed: false,
  moderated: false,
  held: 0,
  questions: new Map(questions.map((one) => [one.id, one])),
});

const told = { version: 20, since: 5, closed: false, moderated: false, held: 0, questions: [], votes: {}, gone: [] };

describe("the questions of a room", () => {
  test("follow what is told, and are asked for when something was lost", () => {
    const before = board(question("a"), question("b"));
    const after = apply(before, { ...told, questions: [question("c")], votes: { a: 3, zz: 1 }, gone: ["b"] });
    expect([...(after?.questions.values() ?? [])].map(({ id, votes }) => `${id}${votes}`)).toEqual(["a3", "c0"]);
    expect(apply(before, { ...told, version: 9 })).toBe(before);
    expect(apply(before, { ...told, since: 11 })).toBeUndefined();
  });

  test("are listed with the one on stage first, then in the speakers' order, then by votes", () => {
    const all = board(
      question("a", { votes: 1, at: 4 }),
      question("b", { votes: 9, at: 3 }),
      question("c", { place: 1, at: 2 }),
      question("d", { state: "live", at: 1 }),
      question("e", { state: "held" }),
      question("f", { state: "answered" }),
    );
    const ids = (...how: Parameters<typeof listed> extends [Board, ...infer Rest] ? Rest : never) =>
      listed(all, ...how).map(({ id }) => id);
    expect(ids("votes", "open", new Set())).toEqual(["d", "c", "b", "a"]);
    expect(ids("newest", "open", new Set(["e"]))).toEqual(["d", "a", "b", "c", "e"]);
    expect(ids("votes", "answered", new Set())).toEqual(["f"]);
    expect(ids("votes", "held", new Set())).toEqual(["e"]);
  });

  test("say when one asks about the same", () => {
    const all = board(question("a", { text: "What did you switch off to survive?" }));
    expect(closeTo("Which did you switch off first to survive", all)?.id).toBe("a");
    expect(closeTo("Is there lunch?", all)).toBeUndefined();
  });
});
