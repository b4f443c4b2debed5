import { describe, expect, it } from "vitest";
import { datePresets } from "./datePresets.ts";

describe("the days offered to an organizer", () => {
  it("lie ahead in the event’s zone and are Tuesdays after tomorrow", () => {
    const presets = datePresets(Date.parse("2027-02-28T23:30:00Z"), "Asia/Tokyo");
    expect(presets.map(({ key, day }) => `${key} ${day}`)).toEqual([
      "tomorrow 2027-03-02",
      "nextWeek 2027-03-09",
      "twoWeeks 2027-03-16",
      "nextMonth 2027-03-30",
    ]);
  });
});
