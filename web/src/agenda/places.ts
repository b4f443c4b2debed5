/** Where and when a session is, and the steps by which it goes elsewhere. Lengths are real minutes, days those of the event's zone. */
import { addMinutes, dayOf, resolveWallClock, toWallClock } from "../events/wallClock.ts";
import type { PlacedSession } from "./conflicts.ts";

/** Times are ISO 8601 instants, exactly as the server writes them: it compares them. */
export interface Place {
  room: string;
  startsAt: string;
  endsAt: string;
}

/** The finest step of the builder. */
export const STEP_MINUTES = 5;
const MINUTE = 60_000;
const SHORTEST = 5;
const LONGEST = 720;

export function placeOf(session: PlacedSession): Place {
  return { room: session.room.id, startsAt: session.startsAt, endsAt: session.endsAt };
}

export function samePlace(one: Place, other: Place): boolean {
  return (
    one.room === other.room &&
    Date.parse(one.startsAt) === Date.parse(other.startsAt) &&
    Date.parse(one.endsAt) === Date.parse(other.endsAt)
  );
}

/** The place so many minutes later on the wall, as long as it was. Stays where it is when that is another day. */
export function shift(place: Place, minutes: number, zone: string): Place {
  const wall = toWallClock(place.startsAt, zone);
  const wished = addMinutes(wall, minutes);
  let start = resolveWallClock(wished, zone)?.instant;
  if (start === undefined || dayOf(wished) !== dayOf(wall)) return place;
  // An hour that the clocks repeat has one name for two instants: a small step goes by the instant, or it would never get out.
  const exact = Date.parse(place.startsAt) + minutes * MINUTE;
  if (Math.abs(minutes) <= STEP_MINUTES && dayOf(toWallClock(exact, zone)) === dayOf(wall)) start = exact;
  const length = Date.parse(place.endsAt) - Date.parse(place.startsAt);
  return { ...place, startsAt: new Date(start).toISOString(), endsAt: new Date(start + length).toISOString() };
}

/** Longer or shorter by so many minutes, within what a session may last. */
export function stretch(place: Place, minutes: number): Place {
  const start = Date.parse(place.startsAt);
  const length = (Date.parse(place.endsAt) - start) / MINUTE + minutes;
  const allowed = Math.min(LONGEST, Math.max(SHORTEST, length));
  return { ...place, endsAt: new Date(start + allowed * MINUTE).toISOString() };
}

/** The room beside it, in the order of the grid; the same at its edge. */
export function besideRoom(place: Place, rooms: readonly { id: string }[], by: -1 | 1): Place {
  const next = rooms[rooms.findIndex((room) => room.id === place.room) + by];
  return next ? { ...place, room: next.id } : place;
}

/** A distance of the pointer as minutes on the grid's steps. */
export function snap(minutes: number): number {
  return Math.round(minutes / STEP_MINUTES) * STEP_MINUTES;
}

/** The sessions as they would be with some of them elsewhere. */
export function withPlaces<S extends PlacedSession>(
  sessions: readonly S[],
  places: Readonly<Record<string, Place>>,
  rooms: readonly { id: string; name: string }[],
): S[] {
  return sessions.map((session) => {
    const place = places[session.id];
    if (!place) return session;
    const room = rooms.find((one) => one.id === place.room);
    return {
      ...session,
      startsAt: place.startsAt,
      endsAt: place.endsAt,
      room: room ? { ...session.room, id: room.id, name: room.name } : session.room,
    };
  });
}
