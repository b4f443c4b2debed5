import { describe, expect, it } from "vitest";
import { endOf, type Meeting, type MyParty, newer, type PartyNow, screenOf, sidesOf } from "./party.ts";

const PARTY: PartyNow = {
  id: "p",
  room: "r",
  event: "e",
  version: 4,
  phase: "talk",
  round: 2,
  rounds: 3,
  until: 50_000,
  here: 6,
  ready: 5,
  settings: { minutes: 5, rounds: 3, mode: "everyone", by: "shared" },
};
const MEETING: Meeting = {
  id: "m",
  round: 2,
  people: [],
  reason: { kind: "new", terms: [] },
  from: 20_000,
  until: 60_000,
  extended: false,
  iAskedForMore: false,
};
const me = (change: Partial<MyParty>): MyParty => ({ party: "p", version: 1, state: "ready", met: 0, ...change });

describe("the screen of a party", () => {
  it("is check-in until a person is ready, whatever the party does: who comes late is in the next round", () => {
    expect(screenOf({ ...PARTY, phase: "check-in" }, me({ state: "in" }), 0)).toBe("check-in");
    expect(screenOf(PARTY, me({ state: "in" }), 0)).toBe("check-in");
  });

  it("is the bowl of seats while the first round is to come, and a place to wait after that", () => {
    expect(screenOf({ ...PARTY, phase: "check-in" }, me({}), 0)).toBe("countdown");
    expect(screenOf({ ...PARTY, phase: "countdown" }, me({}), 0)).toBe("countdown");
    expect(screenOf(PARTY, me({}), 0)).toBe("waiting");
    expect(screenOf(PARTY, me({ state: "waiting" }), 0)).toBe("waiting");
    expect(screenOf({ ...PARTY, phase: "between" }, me({}), 0)).toBe("waiting");
  });

  it("goes from the card to the call at the meeting's own time, before anybody is told", () => {
    const mine = me({ state: "meeting", meeting: MEETING });
    expect(screenOf({ ...PARTY, phase: "card" }, mine, 19_999)).toBe("card");
    expect(screenOf({ ...PARTY, phase: "card" }, mine, 20_000)).toBe("talk");
    expect(endOf({ ...PARTY, phase: "card" }, mine, "card")).toBe(20_000);
    expect(endOf(PARTY, mine, "talk")).toBe(60_000);
  });

  it("lets those who talk go on talking while the host has stopped the clock", () => {
    const mine = me({ state: "meeting", meeting: MEETING });
    const paused = { ...PARTY, phase: "paused", paused: "talk" } as const;
    expect(screenOf(paused, mine, 70_000)).toBe("talk");
    expect(endOf(paused, mine, "talk")).toBeUndefined();
    expect(screenOf({ ...paused, paused: "card" }, mine, 10_000)).toBe("paused");
    expect(screenOf(paused, me({ state: "waiting" }), 0)).toBe("paused");
    expect(screenOf(paused, me({ state: "in" }), 0)).toBe("check-in");
  });

  it("is the summary when it is over, and a way back for who left before", () => {
    expect(screenOf({ ...PARTY, phase: "over" }, me({ state: "meeting", meeting: MEETING }), 0)).toBe("over");
    expect(screenOf(PARTY, me({ state: "left" }), 0)).toBe("left");
  });
});

describe("what is told", () => {
  it("counts when it is newer than what is known", () => {
    expect(newer(undefined, PARTY)).toBe(PARTY);
    expect(newer(PARTY, { ...PARTY, version: 3 })).toBe(PARTY);
    expect(newer(PARTY, { ...PARTY, version: 5 }).version).toBe(5);
  });

  it("names both sides, also the one where nobody is yet", () => {
    const settings = { ...PARTY.settings, mode: "groups" as const, groups: ["I run it", "I pay for it"] };
    expect(sidesOf({ ...PARTY, settings, seats: [{ group: "I run it", ready: 5 }] })).toEqual([
      { group: "I run it", ready: 5 },
      { group: "I pay for it", ready: 0 },
    ]);
    expect(sidesOf(PARTY)).toEqual([{ group: undefined, ready: 5 }]);
  });
});
