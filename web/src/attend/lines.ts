import { Attendance } from "./attendance.ts";
import { OwnLine } from "./ownLine.ts";
import type { AttendLine } from "./wire.ts";

/** A page that is left for another one of the same event finds the connection still there. */
const LINGER_MS = 2_000;

interface Place {
  attendance: Attendance;
  users: number;
  /** Connections of rooms of this event, the latest last. */
  offered: AttendLine[];
  own: OwnLine | undefined;
  lingering: ReturnType<typeof setTimeout> | undefined;
}

const places = new Map<string, Place>();

function placeOf(event: string): Place {
  const place = places.get(event) ?? {
    attendance: new Attendance(event),
    users: 0,
    offered: [],
    own: undefined,
    lingering: undefined,
  };
  places.set(event, place);
  return place;
}

/** Attends the event until it is let go of by as many as asked: over a room's connection when there is one, else over its own. */
export function attend(event: string): { attendance: Attendance; release: () => void } {
  const place = placeOf(event);
  place.users++;
  clearTimeout(place.lingering);
  choose(place);
  let held = true;
  return {
    attendance: place.attendance,
    release: () => {
      if (!held) return;
      held = false;
      if (--place.users > 0) return;
      place.lingering = setTimeout(() => choose(place), LINGER_MS);
    },
  };
}

/** A room of the event lends its connection; answers how to take it back. */
export function offerLine(event: string, line: AttendLine): () => void {
  const place = placeOf(event);
  place.offered.push(line);
  choose(place);
  return () => {
    const at = place.offered.indexOf(line);
    if (at < 0) return;
    place.offered.splice(at, 1);
    choose(place);
  };
}

function choose(place: Place): void {
  const lent = place.offered.at(-1);
  if (place.users > 0 && !lent && !place.own) {
    place.own = new OwnLine();
    place.own.open();
  }
  place.attendance.use(place.users > 0 ? (lent ?? place.own) : undefined);
  if (place.users === 0 || lent) {
    place.own?.close();
    place.own = undefined;
  }
}
