import { describe, expect, it } from "vitest";
import { pageChanges, pageFormOf } from "./pageForm.ts";

const saved = pageFormOf({
  name: "Groundwork",
  tagline: "",
  description: "",
  slug: "groundwork",
  accent: "#0e6b54",
  startsAt: "2027-07-03T08:00:00Z",
  endsAt: "2027-07-03T16:00:00Z",
  timeZone: "Europe/London",
  coverArt: "cover",
  coverUrl: null,
});

describe("saving an event page", () => {
  it("shows times on the event’s clock", () => {
    expect(saved).toMatchObject({ startsAtLocal: "2027-07-03T09:00", endsAtLocal: "2027-07-03T17:00" });
  });

  it("sends only what changed, with the version it saw", () => {
    expect(pageChanges("e", 3, saved, { ...saved, name: " New " })).toEqual({ id: "e", version: 3, name: "New" });
  });

  it("sends the wall clock along with a new zone", () => {
    expect(pageChanges("e", 3, saved, { ...saved, timeZone: "Asia/Tokyo" })).toEqual({
      id: "e",
      version: 3,
      timeZone: "Asia/Tokyo",
      startsAtLocal: "2027-07-03T09:00",
      endsAtLocal: "2027-07-03T17:00",
    });
  });

  it("removes an uploaded cover by an empty id and sets a new one by its id", () => {
    const withCover = { ...saved, coverUrl: "/files/1" };
    expect(pageChanges("e", 1, withCover, { ...withCover, coverUrl: "" }).coverFile).toBe("");
    expect(pageChanges("e", 1, saved, { ...saved, coverUrl: "/files/2", coverFile: "2" }).coverFile).toBe("2");
  });

  it("writes a colour the way the server stores it", () => {
    expect(pageChanges("e", 1, saved, { ...saved, accent: "C2334D" }).accent).toBe("#c2334d");
  });
});
