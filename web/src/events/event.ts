import type { LandingQuery } from "../gql/graphql.ts";

export type LandingEvent = NonNullable<LandingQuery["event"]>;
export type LandingSession = LandingEvent["sessions"][number];

/** What the visitor can do about coming to this event. */
export type Admission = "going" | "crew" | "open" | "sold-out" | "closed" | "draft" | "ended" | "cancelled";

/** How the landing page receives this visitor at that moment. */
export function admissionOf(event: LandingEvent, now: Date): Admission {
  if (event.status === "CANCELLED") return "cancelled";
  if (event.status === "ENDED") return "ended";
  if (event.viewerRegistration && !event.viewerRegistration.cancelledAt) return "going";
  if (event.viewerRoles.some((role) => role !== "ATTENDEE")) return "crew";
  if (event.status === "DRAFT") return "draft";
  if (new Date(event.endsAt) <= now) return "ended";
  if (event.ticketTypes.length === 0) return "closed";
  return event.ticketTypes.every((ticket) => ticket.remaining <= 0) ? "sold-out" : "open";
}

/** What must be known of an event to lead somebody in. */
export interface Entered {
  slug: string;
  rooms: readonly { slug: string; kind: string }[];
  sessions: readonly { startsAt: string; endsAt: string; room: { slug: string } }[];
}

/** The room to go into now: where a session is on, else the lobby, else any room. */
export function entrance(event: Entered, now: Date): string | undefined {
  const current = event.sessions.find((s) => new Date(s.startsAt) <= now && now < new Date(s.endsAt));
  const room = current?.room ?? event.rooms.find((r) => r.kind === "LOBBY") ?? event.rooms[0];
  return room && `/e/${event.slug}/rooms/${room.slug}`;
}
