import { describe, expect, test } from "vitest";
import { EMPTY_PLAN, planOf } from "./plan";

describe("the plan as the server tells it", () => {
  test("may leave out whatever is not there", () => {
    expect(planOf({})).toEqual(EMPTY_PLAN);
    expect(planOf({ version: 4, card: null, next: null })).toEqual({ ...EMPTY_PLAN, version: 4 });
  });

  test("may come as text", () => {
    expect(planOf('{"version":2,"layout":"grid"}')).toEqual({ ...EMPTY_PLAN, version: 2, layout: "grid" });
  });

  test("may know more than we do", () => {
    expect(planOf({ version: 1, weather: "fine" })?.version).toBe(1);
  });

  test("is nothing when it is no plan", () => {
    expect(planOf("{")).toBeUndefined();
    expect(planOf(undefined)).toBeUndefined();
    expect(planOf(3)).toBeUndefined();
  });
});
