import { describe, expect, it, vi } from "vitest";
import { dayKey, formatDateRange, formatMinutes, formatTime, formatTimeRange } from "./format.ts";
import { chooseZone, deviceZone, visitorZone, zoneLabel } from "./zones.ts";

function speak(...languages: string[]) {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
}

describe("the visitor's clock", () => {
  it("moves a late session to the next day further east", () => {
    const at = "2027-03-03T22:30:00Z";
    expect(dayKey(at, "Europe/London")).toBe("2027-03-03");
    expect(dayKey(at, "Asia/Tokyo")).toBe("2027-03-04");
    expect(dayKey(at, "America/Los_Angeles")).toBe("2027-03-03");
  });

  it("follows daylight saving on either side of the change", () => {
    speak("en-GB");
    expect(formatTime("2027-03-28T00:30:00Z", "Europe/London")).toBe("00:30");
    expect(formatTime("2027-03-28T01:30:00Z", "Europe/London")).toBe("02:30");
    expect(zoneLabel("Europe/London", new Date("2027-03-27T12:00:00Z"))).toBe("London, GMT");
    expect(zoneLabel("Europe/London", new Date("2027-03-29T12:00:00Z"))).toBe("London, BST");
  });

  it("names quarter-hour zones and cities of two words", () => {
    speak("en-GB");
    expect(formatTime("2027-03-03T10:00:00Z", "Asia/Kathmandu")).toBe("15:45");
    expect(zoneLabel("America/New_York", new Date("2027-01-03T12:00:00Z"))).toMatch(/^New York, /);
  });

  it("writes a range the way its reader does", () => {
    speak("en-GB");
    const [from, to] = ["2027-03-03T09:00:00Z", "2027-03-04T17:30:00Z"];
    expect(formatDateRange(from, to, "Europe/London")).toBe("Wed 3 – Thu 4 March 2027");
    expect(formatDateRange(from, from, "Europe/London")).toBe("Wed 3 March 2027");
    expect(formatTimeRange(from, to, "Europe/London")).toBe("09:00 – 17:30");
    speak("en-US");
    expect(formatTime(to, "Europe/London")).toBe("05:30 PM");
    expect(formatDateRange(from, to, "Europe/London")).toContain("March 3");
  });

  it("counts an event that crosses midnight only there as two days there", () => {
    speak("en-GB");
    const [from, to] = ["2027-03-03T20:00:00Z", "2027-03-03T22:00:00Z"];
    expect(formatDateRange(from, to, "Europe/London")).toBe("Wed 3 March 2027");
    expect(formatDateRange(from, to, "Europe/Athens")).toBe("Wed 3 – Thu 4 March 2027");
  });

  it("keeps short lengths in minutes", () => {
    expect([30, 90, 120, 150].map(formatMinutes)).toEqual(["30 min", "90 min", "2 h", "2 h 30 min"]);
  });
});

describe("the chosen zone", () => {
  it("is remembered, and forgotten when it is the device's own again", () => {
    chooseZone("Asia/Tokyo");
    expect(visitorZone()).toBe("Asia/Tokyo");
    chooseZone(deviceZone());
    expect(localStorage.length).toBe(0);
  });

  it("falls back to the device when what was stored is no zone", () => {
    localStorage.setItem("plenary.zone", "Mars/Olympus");
    expect(visitorZone()).toBe(deviceZone());
  });
});
