import { describe, expect, it } from "vitest";
import { EMPTY_PLAN, type Plan, type Spot } from "../stage/plan.ts";
import { loudnessOf, onStage, type StagePerson, waiting } from "./people.ts";

const spot = (person: string): Spot => ({
  spot: `s-${person}`,
  kind: "person",
  person,
  name: person,
  muted: false,
  lowerThird: false,
});
const planOf = (on: string[], next?: string): Plan => ({
  ...EMPTY_PLAN,
  on: on.map(spot),
  ...(next && { next: { person: next, name: next, ready: false } }),
});
const somebody = (person: string): StagePerson => ({
  person,
  peer: person,
  name: person,
  role: "speaker",
  you: false,
  camera: undefined,
  screen: undefined,
  microphone: undefined,
  muted: false,
  talking: false,
  weak: false,
});
const names = (people: StagePerson[]) => people.map(({ person }) => person);

describe("who stands where", () => {
  const people = ["ada", "bo", "cy"].map(somebody);

  it("is as the plan says, in its order", () => {
    expect(names(onStage(planOf(["cy", "ada"]), people))).toEqual(["cy", "ada"]);
    expect(names(waiting(planOf(["cy", "ada"]), people))).toEqual(["bo"]);
  });

  it("leaves out who is on stage but not here", () => {
    expect(names(onStage(planOf(["dee", "bo"]), people))).toEqual(["bo"]);
  });

  it("has the next one first", () => {
    expect(names(waiting(planOf(["ada"], "cy"), people))).toEqual(["cy", "bo"]);
  });
});

describe("who hears whom", () => {
  const plan = planOf(["ada", "bo"]);

  it("is the stage alone for who is on it", () => {
    expect(loudnessOf(plan, "ada", "bo", 0.3)).toBe(1);
    expect(loudnessOf(plan, "ada", "cy", 0.3)).toBe(0);
  });

  it("is both for who waits, the stage as loud as they like", () => {
    expect(loudnessOf(plan, "cy", "ada", 0.3)).toBe(0.3);
    expect(loudnessOf(plan, "cy", "dee", 0.3)).toBe(1);
  });
});
