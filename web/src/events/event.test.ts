import { describe, expect, it } from "vitest";
import { admissionOf, entrance, type LandingEvent } from "./event.ts";

const now = new Date("2027-03-03T10:00:00Z");
const lobby = { id: "l", slug: "lobby", name: "Lobby", kind: "LOBBY" as const };
const stage = { id: "m", slug: "main", name: "Main stage", kind: "STAGE" as const };

function event(change: Partial<LandingEvent>): LandingEvent {
  const ticket = { id: "t", name: "Both days", description: "", capacity: 10, remaining: 3, __typename: "TicketType" };
  return {
    slug: "groundwork",
    status: "PUBLISHED",
    startsAt: "2027-03-03T09:00:00Z",
    endsAt: "2027-03-04T17:00:00Z",
    viewerRoles: [],
    viewerRegistration: null,
    ticketTypes: [ticket],
    rooms: [stage, lobby],
    sessions: [],
    ...change,
  } as unknown as LandingEvent;
}

const place = { id: "r", cancelledAt: null, ticketType: { id: "t", name: "Both days" } } as never;

describe("how the page receives a visitor", () => {
  it.each([
    ["open", {}],
    ["sold-out", { ticketTypes: [{ id: "t", remaining: 0 }] as never }],
    ["closed", { ticketTypes: [] }],
    ["going", { viewerRegistration: place }],
    ["open", { viewerRegistration: { ...(place as object), cancelledAt: "2027-03-01T00:00:00Z" } as never }],
    ["going", { viewerRegistration: place, ticketTypes: [{ id: "t", remaining: 0 }] as never }],
    ["crew", { viewerRoles: ["SPEAKER"] }],
    ["open", { viewerRoles: ["ATTENDEE"] }],
    ["draft", { status: "DRAFT" }],
    ["ended", { endsAt: "2027-03-03T09:30:00Z" }],
    ["going", { endsAt: "2027-03-03T09:30:00Z", viewerRegistration: place }],
    ["ended", { status: "ENDED", viewerRegistration: place }],
    ["cancelled", { status: "CANCELLED", viewerRegistration: place }],
  ] satisfies [string, Partial<LandingEvent>][])("%s", (admission, change) => {
    expect(admissionOf(event(change), now)).toBe(admission);
  });
});

describe("the way in", () => {
  it("leads to what is on, else to the lobby, else to any room", () => {
    const session = { room: stage, startsAt: "2027-03-03T09:30:00Z", endsAt: "2027-03-03T10:30:00Z" } as never;
    expect(entrance(event({ sessions: [session] }), now)).toBe("/e/groundwork/rooms/main");
    expect(entrance(event({}), now)).toBe("/e/groundwork/rooms/lobby");
    expect(entrance(event({ rooms: [stage] as never }), now)).toBe("/e/groundwork/rooms/main");
    expect(entrance(event({ rooms: [] }), now)).toBeUndefined();
  });
});
