import { describe, expect, test } from "vitest";
import { apply, mean, type Poll, share } from "./polls.ts";

const poll = (id: string, more: Partial<Poll> = {}): Poll => ({
  id,
  kind: "single",
  state: "open",
  question: id,
  options: ["A", "B"],
  anonymous: false,
  live: false,
  most: 1,
  bonusSeconds: 0,
  series: "",
  place: 0,
  voters: 0,
  ...more,
});

describe("the polls of a room", () => {
  test("follow what is told: changed, new and gone ones; drafts stay", () => {
    const known = [poll("a"), poll("b"), poll("c", { state: "draft" })];
    const told = {
      version: 1,
      now: 0,
      drafts: 0,
      ids: ["a", "d"],
      polls: [poll("a", { voters: 2, openedAt: 100 }), poll("d")],
    };
    expect(apply(known, told, 5).map(({ id, voters, openedAt }) => `${id}${voters}${openedAt ?? ""}`)).toEqual([
      "a2105",
      "c0",
      "d0",
    ]);
  });

  test("keep results that only the staff has seen", () => {
    const known = [poll("a", { results: [{ label: "A", count: 1 }], right: 1 })];
    const [next] = apply(
      known,
      { version: 1, now: 0, drafts: 0, ids: ["a"], polls: [poll("a", { results: null, right: null })] },
      0,
    );
    expect(next?.results?.[0]?.count).toBe(1);
    expect(next?.right).toBe(1);
  });

  test("have shares and means", () => {
    expect(share(poll("a", { voters: 3 }), { label: "A", count: 2 })).toBe(67);
    expect(share(poll("a"), { label: "A", count: 0 })).toBe(0);
    expect(share(poll("a", { kind: "ranking", voters: 2 }), { label: "A", count: 4 })).toBe(100);
    expect(
      mean(
        poll("a", {
          voters: 2,
          results: [
            { label: "4", count: 1 },
            { label: "5", count: 1 },
          ],
        }),
      ),
    ).toBe(4.5);
  });
});
