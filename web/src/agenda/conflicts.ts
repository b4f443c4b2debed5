/** Finds what cannot happen in an agenda: two sessions in one room, or one person in two places, at the same time. */

/** The part of a session that conflicts depend on; times are ISO 8601 instants. */
export interface PlacedSession {
  id: string;
  title: string;
  startsAt: string;
  endsAt: string;
  room: { id: string; name: string };
  speakers: readonly { id: string; name: string }[];
}

export interface Conflict<S extends PlacedSession = PlacedSession> {
  /** Stable for the pair and its reason, for lists and for announcing only what is new. */
  key: string;
  kind: "room" | "speaker";
  /** Starts first (or has the smaller id when both start together). */
  earlier: S;
  later: S;
  /** Who would be in two places; only for kind `speaker`. */
  speaker?: { id: string; name: string };
  overlapMinutes: number;
  /** The next start, in milliseconds, at which the later session fits with everything else; null when there is none that day. */
  repairStart: number | null;
}

interface Timed<S> {
  session: S;
  start: number;
  end: number;
}

const MINUTE = 60_000;
const REPAIR_STEP = 5 * MINUTE;
const REPAIR_REACH = 12 * 60 * MINUTE;

function timed<S extends PlacedSession>(session: S): Timed<S> {
  return { session, start: Date.parse(session.startsAt), end: Date.parse(session.endsAt) };
}

function overlaps(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}

function sharedSpeakers(a: PlacedSession, b: PlacedSession): { id: string; name: string }[] {
  return a.speakers.filter((one) => b.speakers.some((other) => other.id === one.id));
}

/** First start after the earlier session, on a five-minute step, where `later` meets nobody it shares a room or a person with. */
function findRepair<S extends PlacedSession>(later: Timed<S>, from: number, all: readonly Timed<S>[]): number | null {
  const rivals = all.filter(
    (other) =>
      other.session.id !== later.session.id &&
      (other.session.room.id === later.session.room.id || sharedSpeakers(other.session, later.session).length > 0),
  );
  const length = later.end - later.start;
  let start = Math.ceil(from / REPAIR_STEP) * REPAIR_STEP;
  while (start <= from + REPAIR_REACH) {
    const slot = { start, end: start + length };
    const blocking = rivals.filter((rival) => overlaps(rival, slot));
    if (blocking.length === 0) return start;
    const free = Math.max(...blocking.map((rival) => rival.end));
    start = Math.ceil(free / REPAIR_STEP) * REPAIR_STEP;
  }
  return null;
}

/** All conflicts of an agenda, earliest first. Touching sessions (one ends as the other starts) do not conflict. */
export function findConflicts<S extends PlacedSession>(sessions: readonly S[]): Conflict<S>[] {
  const all = sessions
    .map(timed)
    .filter((one) => one.end > one.start)
    .sort((a, b) => a.start - b.start || a.session.id.localeCompare(b.session.id));
  const found: Conflict<S>[] = [];
  for (const [index, first] of all.entries()) {
    for (const second of all.slice(index + 1)) {
      if (second.start >= first.end) break;
      const pair = {
        earlier: first.session,
        later: second.session,
        overlapMinutes: Math.round((Math.min(first.end, second.end) - second.start) / MINUTE),
      };
      const names = `${first.session.id}:${second.session.id}`;
      const sameRoom = first.session.room.id === second.session.room.id;
      const shared = sharedSpeakers(first.session, second.session);
      if (!sameRoom && shared.length === 0) continue;
      const repairStart = findRepair(second, first.end, all);
      if (sameRoom) found.push({ ...pair, key: `room:${names}`, kind: "room", repairStart });
      for (const speaker of shared) {
        // In one room the sentence about the room already says it; a second one about each person would be noise.
        if (sameRoom) continue;
        found.push({ ...pair, key: `speaker:${names}:${speaker.id}`, kind: "speaker", speaker, repairStart });
      }
    }
  }
  return found;
}

/** What somebody needs at least from the end of one session to the start of their next one in another room. */
export const BUFFER_MINUTES = 5;

/** Somebody speaks elsewhere right after a session: possible, and unwise. */
export interface Tight<S extends PlacedSession = PlacedSession> {
  session: S;
  next: S;
  person: { id: string; name: string };
}

/** The sessions whose speakers have no time to change rooms, each with the first such person. */
export function findTight<S extends PlacedSession>(sessions: readonly S[]): Tight<S>[] {
  return sessions.flatMap((session) => {
    const end = Date.parse(session.endsAt);
    for (const next of sessions) {
      const gap = Date.parse(next.startsAt) - end;
      if (next.room.id === session.room.id || gap < 0 || gap >= BUFFER_MINUTES * MINUTE) continue;
      const person = sharedSpeakers(session, next)[0];
      if (person) return [{ session, next, person }];
    }
    return [];
  });
}

/** Conflicts a session is part of. */
export function conflictsOf<S extends PlacedSession>(
  conflicts: readonly Conflict<S>[],
  sessionId: string,
): Conflict<S>[] {
  return conflicts.filter((conflict) => conflict.earlier.id === sessionId || conflict.later.id === sessionId);
}
