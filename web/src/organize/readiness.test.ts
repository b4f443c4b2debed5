import { describe, expect, it } from "vitest";
import { axisSteps, doors, type ReadinessInput, readiness, registrationCurve } from "./readiness.ts";

const room = { id: "main", name: "Main stage" };
const keynote = {
  id: "k",
  title: "Keynote",
  startsAt: "2027-03-03T09:00:00Z",
  endsAt: "2027-03-03T10:00:00Z",
  room,
  speakers: [],
};
const ready: ReadinessInput = {
  status: "PUBLISHED",
  description: "Two days with the people who run the software everyone leans on.",
  coverUrl: null,
  coverArt: "assembly",
  sessions: [keynote],
  speakers: [{ id: "amara", invitedAt: "2027-02-01T00:00:00Z" }],
  ticketTypes: [{ remaining: 20 }],
};
const missing = (event: ReadinessInput) => readiness(event).flatMap((fact) => (fact.done ? [] : [fact.key]));

describe("an event", () => {
  it("that has everything asks for nothing", () => {
    expect(missing(ready)).toEqual([]);
  });

  it("that is fresh from a blank start names each thing it lacks", () => {
    const blank: ReadinessInput = {
      status: "DRAFT",
      description: " ",
      coverArt: "",
      sessions: [],
      speakers: [],
      ticketTypes: [],
    };
    expect(missing(blank)).toEqual(["published", "description", "cover", "sessions", "speakers", "tickets"]);
  });

  it("with a double-booked room says how many conflicts there are, and says nothing of conflicts otherwise", () => {
    const clash = { ...ready, sessions: [keynote, { ...keynote, id: "other" }] };
    expect(readiness(clash)).toContainEqual({ key: "conflicts", done: false, count: 1, at: "agenda" });
    expect(readiness(ready).map((fact) => fact.key)).not.toContain("conflicts");
  });

  it("counts the speakers who were not invited yet", () => {
    const some = { ...ready, speakers: [...ready.speakers, { id: "jonas", invitedAt: null }, { id: "hana" }] };
    expect(readiness(some)).toContainEqual({ key: "invitations", done: false, count: 2, at: "speakers" });
  });

  it("that is sold out needs the organizer", () => {
    expect(missing({ ...ready, ticketTypes: [{ remaining: 0 }] })).toEqual(["tickets"]);
  });
});

describe("the doors", () => {
  const event = { status: "PUBLISHED", startsAt: "2027-03-03T09:00:00Z", endsAt: "2027-03-03T17:00:00Z" };
  it("are ahead, open, or over", () => {
    expect(doors(event, Date.parse("2027-02-22T09:00:00Z"))).toMatchObject({ state: "ahead", days: 9 });
    expect(doors(event, Date.parse("2027-03-03T08:59:30Z"))).toMatchObject({ state: "ahead", minutes: 1 });
    expect(doors(event, Date.parse("2027-03-03T09:00:00Z"))).toEqual({ state: "open" });
    expect(doors(event, Date.parse("2027-03-03T17:00:00Z"))).toEqual({ state: "over" });
  });

  it("are closed once the organizer ended the event, whatever the clock says", () => {
    expect(doors({ ...event, status: "ENDED" }, Date.parse("2027-03-03T10:00:00Z"))).toEqual({ state: "over" });
  });
});

describe("the registration chart", () => {
  it("draws days without registrations too, up to today", () => {
    const curve = registrationCurve(
      [
        { day: "2027-02-20", count: 2 },
        { day: "2027-03-01", count: 1 },
      ],
      "2027-03-02",
    );
    expect(curve).toHaveLength(11);
    expect(curve.slice(-3).map(({ day, total }) => `${day} ${total}`)).toEqual([
      "2027-02-28 2",
      "2027-03-01 3",
      "2027-03-02 3",
    ]);
  });

  it("shows a week even on the first day", () => {
    const curve = registrationCurve([{ day: "2027-03-02", count: 4 }], "2027-03-02");
    expect(curve.map(({ total }) => total)).toEqual([0, 0, 0, 0, 0, 0, 4]);
    expect(curve[0]?.day).toBe("2027-02-24");
  });

  it("is empty without registrations", () => {
    expect(registrationCurve([], "2027-03-02")).toEqual([]);
  });

  it("has whole, round numbers on its axis", () => {
    expect(axisSteps(1862)).toEqual([0, 500, 1000, 1500, 2000]);
    expect(axisSteps(3)).toEqual([0, 1, 2, 3]);
    expect(axisSteps(0)).toEqual([0, 1]);
    expect(axisSteps(40)).toEqual([0, 10, 20, 30, 40]);
  });
});
