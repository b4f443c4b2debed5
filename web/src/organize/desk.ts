import { findConflicts } from "../agenda/conflicts.ts";
import type { EventDeskQuery } from "../gql/graphql.ts";

/** The event as the organizer's pages see it. */
export type DeskEvent = NonNullable<EventDeskQuery["event"]>;
export type DeskSession = DeskEvent["sessions"][number];
export type DeskRoom = DeskEvent["rooms"][number];
export type DeskSpeaker = DeskEvent["speakers"][number];
export type DeskTicket = DeskEvent["ticketTypes"][number];

/** What every page of the desk is given. */
export interface DeskPageProps {
  event: DeskEvent;
}

export function deskPath(event: { id: string }, page = ""): string {
  return `/organize/events/${event.id}${page && `/${page}`}`;
}

export function conflictCount(event: DeskEvent): number {
  return findConflicts(event.sessions).length;
}

/** Rooms that have a studio. */
export function stagesOf(event: DeskEvent): DeskRoom[] {
  return event.rooms.filter((room) => room.kind === "STAGE");
}

export function studioPath(event: { slug: string }, room: { slug: string }): string {
  return `/e/${event.slug}/studio/${room.slug}`;
}
