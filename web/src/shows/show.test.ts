import { expect, it } from "vitest";
import { byOurClock, type Cue, lateBy, mayWaitFor, newer, nextByClock, type Show } from "./show.ts";

const cue = (id: string, more: Partial<Cue> = {}): Cue => ({
  __typename: "Cue",
  id,
  kind: "ANNOUNCE",
  title: id,
  anchor: "HAND",
  at: null,
  session: null,
  after: null,
  offsetSeconds: 0,
  shiftSeconds: 0,
  held: false,
  state: "PENDING",
  mayFire: true,
  next: false,
  by: "",
  due: null,
  expected: null,
  error: null,
  room: null,
  from: null,
  poll: null,
  clip: null,
  text: null,
  minutes: null,
  seconds: null,
  rounds: null,
  groups: null,
  ...more,
});

const show = (cues: Cue[], more: Partial<Show> = {}): Show => ({
  __typename: "Show",
  event: "e",
  version: 1,
  now: 1_000_000,
  autopilot: true,
  controller: null,
  controllerName: "",
  controllerHere: false,
  wantedBy: null,
  wantedByName: "",
  cues,
  shifts: [],
  ...more,
});

it("counts by this machine's clock, however wrong that is", () => {
  const ours = byOurClock(show([cue("a", { due: 1_060_000, expected: 1_060_000 })]), 5_000_000);
  expect(ours.cues[0]?.due).toBe(5_060_000);
  expect(ours.cues[0]?.expected).toBe(5_060_000);
});

it("knows what the clock fires next, and nothing while the autopilot is off", () => {
  const cues = [cue("later", { due: 9 }), cue("hand"), cue("soon", { due: 4 })];
  expect(nextByClock(show(cues))?.cue.id).toBe("soon");
  expect(nextByClock(show(cues, { autopilot: false }))).toBeUndefined();
});

it("does not go back to an older one", () => {
  const [old, young] = [show([], { version: 3 }), show([], { version: 4 })];
  expect(newer(young, old)).toBe(young);
  expect(newer(old, young)).toBe(young);
  expect(newer(young, show([], { event: "other", version: 1 })).event).toBe("other");
});

it("lets no cue wait for itself, not even around a corner", () => {
  const cues = [cue("a"), cue("b", { anchor: "CUE", after: "a" }), cue("c", { anchor: "CUE", after: "b" }), cue("d")];
  expect(mayWaitFor(cues, "a").map(({ id }) => id)).toEqual(["d"]);
  expect(mayWaitFor(cues, "c").map(({ id }) => id)).toEqual(["a", "b", "d"]);
});

it("adds up how late it is", () => {
  const shift = (minutes: number) => ({
    __typename: "ShowShift" as const,
    id: `${minutes}`,
    minutes,
    at: 0,
    by: "Ann",
  });
  expect(lateBy(show([], { shifts: [shift(6), shift(-2)] }))).toBe(4);
});
