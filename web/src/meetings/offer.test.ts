import { expect, test } from "vitest";
import { daysBetween, isFine, stretchOf } from "./offer.ts";

test("the days of an event are those of one's own clock, in quarters of an hour, and midnight ends a day", () => {
  const days = daysBetween("2027-03-03T21:50:00Z", "2027-03-04T02:00:00Z", "Europe/London");
  expect(days.map(({ day }) => day)).toEqual(["2027-03-03", "2027-03-04"]);
  expect(days[0]?.quarters[0]).toBe("2027-03-03T22:00:00.000Z");
  expect(days[0]?.quarters.at(-1)).toBe("2027-03-04T00:00:00.000Z");
  expect(days[1]?.quarters[0]).toBe("2027-03-04T00:00:00.000Z");
  expect(days[1]?.quarters.at(-1)).toBe("2027-03-04T02:00:00.000Z");
  expect(daysBetween("2027-03-03T21:50:00Z", "2027-03-04T02:00:00Z", "Africa/Tunis")).toHaveLength(2);
});

test("what is offered takes some time", () => {
  const [day] = daysBetween("2027-03-03T10:00:00Z", "2027-03-03T12:00:00Z", "UTC");
  const all = stretchOf(day?.quarters ?? []);
  expect(all).toEqual({ from: "2027-03-03T10:00:00.000Z", until: "2027-03-03T12:00:00.000Z" });
  expect(isFine([all])).toBe(true);
  expect(isFine([])).toBe(false);
  expect(isFine([{ from: all.until, until: all.from }])).toBe(false);
});
