import { describe, expect, it } from "vitest";
import {
  addDays,
  addMinutes,
  daysBetween,
  isTimeZone,
  parseWallClock,
  resolveWallClock,
  toWallClock,
} from "./wallClock.ts";

const at = (text: string, zone: string) => {
  const resolved = resolveWallClock(text, zone);
  return resolved && { instant: new Date(resolved.instant).toISOString(), kind: resolved.kind };
};

describe("an organizer who types a time", () => {
  it("means the event’s zone, in winter and in summer", () => {
    expect(at("2027-01-15T09:00", "Europe/London")).toEqual({ instant: "2027-01-15T09:00:00.000Z", kind: "exact" });
    expect(at("2027-07-15T09:00", "Europe/London")).toEqual({ instant: "2027-07-15T08:00:00.000Z", kind: "exact" });
    expect(at("2027-03-03T09:00", "Asia/Kathmandu")).toEqual({ instant: "2027-03-03T03:15:00.000Z", kind: "exact" });
  });

  it("is told when the clocks skip that time, and lands after the jump", () => {
    expect(at("2027-03-28T02:30", "Europe/Berlin")).toEqual({ instant: "2027-03-28T01:30:00.000Z", kind: "gap" });
    expect(toWallClock("2027-03-28T01:30:00Z", "Europe/Berlin")).toBe("2027-03-28T03:30");
    expect(at("2027-03-28T03:00", "Europe/Berlin")?.kind).toBe("exact");
    expect(at("2027-03-28T01:59", "Europe/Berlin")?.kind).toBe("exact");
  });

  it("is told when that time happens twice, and gets the first", () => {
    expect(at("2027-10-31T02:30", "Europe/Berlin")).toEqual({ instant: "2027-10-31T00:30:00.000Z", kind: "repeated" });
    expect(at("2027-10-31T03:00", "Europe/Berlin")).toEqual({ instant: "2027-10-31T02:00:00.000Z", kind: "exact" });
    expect(at("2027-11-07T01:30", "America/New_York")).toEqual({
      instant: "2027-11-07T05:30:00.000Z",
      kind: "repeated",
    });
  });

  it("may be far from Greenwich: a half-hour saving step and a day line", () => {
    expect(at("2027-10-03T02:15", "Australia/Lord_Howe")?.kind).toBe("gap");
    expect(at("2027-06-01T00:30", "Pacific/Kiritimati")).toEqual({
      instant: "2027-05-31T10:30:00.000Z",
      kind: "exact",
    });
  });

  it("gets no instant for a date that is not in the calendar", () => {
    expect(resolveWallClock("2027-04-31T09:00", "UTC")).toBeNull();
    expect(resolveWallClock("tomorrow", "UTC")).toBeNull();
    expect(parseWallClock("2027-04-30T24:00")).toBeNull();
  });

  it("reads back what was stored", () => {
    for (const zone of ["Europe/London", "America/St_Johns", "Asia/Tokyo", "Africa/Casablanca"])
      for (const text of ["2027-01-31T23:59", "2028-02-29T00:00", "2027-08-05T12:34"]) {
        const resolved = resolveWallClock(text, zone);
        expect(resolved && toWallClock(resolved.instant, zone)).toBe(text);
      }
  });
});

describe("days and minutes", () => {
  it("count on the clock face and over month ends", () => {
    expect(addMinutes("2027-02-28T23:45", 30)).toBe("2027-03-01T00:15");
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(daysBetween("2027-03-27", "2027-03-29")).toBe(2);
  });

  it("know which zones exist", () => {
    expect(isTimeZone("Europe/Berlin")).toBe(true);
    expect(isTimeZone("Middle/Earth")).toBe(false);
    expect(isTimeZone("")).toBe(false);
  });
});
