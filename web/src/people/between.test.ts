import { expect, test } from "vitest";
import { clockAt, lengthOf } from "./between.ts";

test("how long two talked is said as clocks say it", () => {
  expect(lengthOf(450)).toBe("7:30");
  expect(lengthOf(65)).toBe("1:05");
});

test("a clock elsewhere is named after its place, and one that nobody knows is not shown", () => {
  const clock = clockAt("America/Port_of_Spain", "2027-03-03T12:46:00Z");
  expect(clock?.place).toBe("Port of Spain");
  expect(clock?.time).toContain("08:46");
  expect(clockAt("Nowhere/At_all", new Date())).toBeUndefined();
  expect(clockAt(null, new Date())).toBeUndefined();
});
