import { describe, expect, it } from "vitest";
import {
  checkEventPage,
  checkNewEvent,
  checkSession,
  checkSpeaker,
  checkTicket,
  type EventPage,
  normaliseAccent,
  suggestSlug,
} from "./eventForm.ts";

describe("a new event", () => {
  const form = { name: "Groundwork 2027", date: "2027-03-03", timeZone: "Europe/London" };
  it("needs a name, a day that has not passed, and a zone that exists", () => {
    expect(checkNewEvent(form, "2027-03-03")).toEqual({});
    expect(checkNewEvent({ name: "  ", date: "2027-02-30", timeZone: "Middle/Earth" }, "2027-01-01")).toEqual({
      name: "nameMissing",
      date: "dateMissing",
      timeZone: "zoneUnknown",
    });
    expect(checkNewEvent(form, "2027-03-04")).toEqual({ date: "datePast" });
    expect(checkNewEvent({ ...form, name: "x".repeat(121) }, "2027-01-01")).toEqual({ name: "nameLong" });
  });
});

describe("an event page", () => {
  const page: EventPage = {
    name: "Groundwork",
    tagline: "",
    description: "",
    slug: "groundwork-2027",
    accent: "#0e6b54",
    startsAtLocal: "2027-03-28T09:00",
    endsAtLocal: "2027-03-28T17:00",
    timeZone: "Europe/Berlin",
  };
  it("is accepted as it came", () => expect(checkEventPage(page)).toEqual({}));

  it("must end after it starts, also where the clocks change in between", () => {
    expect(checkEventPage({ ...page, endsAtLocal: "2027-03-28T09:00" })).toEqual({ endsAtLocal: "endBeforeStart" });
    expect(checkEventPage({ ...page, startsAtLocal: "2027-03-28T01:30", endsAtLocal: "2027-03-28T03:15" })).toEqual({});
  });

  it("cannot start at a time the clocks skip", () => {
    expect(checkEventPage({ ...page, startsAtLocal: "2027-03-28T02:30" })).toEqual({ startsAtLocal: "timeGap" });
  });

  it("names an address or colour nobody could use", () => {
    expect(checkEventPage({ ...page, slug: "Ground Work", accent: "green" })).toEqual({
      slug: "slugShape",
      accent: "accentShape",
    });
  });

  it("takes colours the way people type them", () => {
    expect(normaliseAccent("0E6B54")).toBe("#0e6b54");
    expect(normaliseAccent(" #0f5 ")).toBe("#00ff55");
    expect(normaliseAccent("#0e6b5")).toBeNull();
  });

  it("suggests an address from a name in any script it can", () => {
    expect(suggestSlug("Café Zürich: 2027!")).toBe("cafe-zurich-2027");
    expect(suggestSlug("—")).toBe("");
  });
});

describe("a session", () => {
  const form = { title: "Opening", summary: "", room: "main", startsAtLocal: "2027-03-03T09:00", minutes: "45" };
  it("needs a title, a room, a time and a length", () => {
    expect(checkSession(form, "Europe/London")).toEqual({});
    expect(
      checkSession({ title: "", summary: "", room: "", startsAtLocal: "", minutes: "0" }, "Europe/London"),
    ).toEqual({
      title: "titleMissing",
      room: "roomMissing",
      startsAtLocal: "timeMissing",
      minutes: "minutesRange",
    });
    expect(checkSession({ ...form, minutes: "12.5" }, "Europe/London")).toEqual({ minutes: "minutesRange" });
    expect(checkSession({ ...form, minutes: "1441" }, "Europe/London")).toEqual({ minutes: "minutesRange" });
  });
});

describe("tickets and speakers", () => {
  it("never hold fewer places than people already have", () => {
    expect(checkTicket({ name: "Free", capacity: "9" }, 10)).toEqual({ capacity: "capacityBelowTaken" });
    expect(checkTicket({ name: "Free", capacity: "10" }, 10)).toEqual({});
    expect(checkTicket({ name: "", capacity: "" }, 0)).toEqual({ name: "nameMissing", capacity: "capacityRange" });
  });

  it("may lack an e-mail, but not have half of one", () => {
    expect(checkSpeaker({ name: "Amara", email: "" })).toEqual({});
    expect(checkSpeaker({ name: "Amara", email: "amara@lagos" })).toEqual({ email: "emailShape" });
  });
});
