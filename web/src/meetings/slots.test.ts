import { expect, test } from "vitest";
import { daysOf } from "./slots";

const slot = (at: string, free = true) => ({ at, free });

test("a time is on the day that one's own clocks show, whichever day it is at the event", () => {
  const slots = [slot("2027-03-04T22:45:00Z"), slot("2027-03-04T23:00:00Z")];
  expect(daysOf(slots, "Africa/Tunis").map(({ day }) => day)).toEqual(["2027-03-04", "2027-03-05"]);
  expect(daysOf(slots, "America/Guayaquil").map(({ day }) => day)).toEqual(["2027-03-04"]);
});

test("a day without a free time is not offered; one with some shows all of its times", () => {
  const days = daysOf(
    [slot("2027-03-03T10:00:00Z", false), slot("2027-03-04T10:00:00Z", false), slot("2027-03-04T10:15:00Z")],
    "UTC",
  );
  expect(days.map(({ day, slots }) => [day, slots.length])).toEqual([["2027-03-04", 2]]);
});

test("the hour that is skipped in spring makes no time appear twice", () => {
  const slots = Array.from({ length: 12 }, (_, i) => slot(new Date(Date.UTC(2027, 2, 28, 0, i * 15)).toISOString()));
  expect(daysOf(slots, "Europe/Berlin")).toHaveLength(1);
  expect(daysOf(slots, "Europe/Berlin")[0]?.slots).toHaveLength(12);
});
