import { dayKey } from "../platform/time/format.ts";

interface Timed {
  id: string;
  startsAt: string;
  endsAt: string;
}

/** Sessions that begin at the same moment. */
export interface Slot<Session> {
  startsAt: string;
  sessions: Session[];
}

/** A calendar day as the visitor's own clock has it. */
export interface ProgrammeDay<Session> {
  key: string;
  startsAt: string;
  slots: Slot<Session>[];
}

/** Days and slots of a programme in a zone: a session after midnight there stands on the next day. */
export function daysOf<Session extends Timed>(sessions: readonly Session[], zone: string): ProgrammeDay<Session>[] {
  const days: ProgrammeDay<Session>[] = [];
  for (const session of [...sessions].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))) {
    const key = dayKey(session.startsAt, zone);
    let day = days.at(-1);
    if (day?.key !== key) {
      day = { key, startsAt: session.startsAt, slots: [] };
      days.push(day);
    }
    const slot = day.slots.at(-1);
    if (slot && Date.parse(slot.startsAt) === Date.parse(session.startsAt)) slot.sessions.push(session);
    else day.slots.push({ startsAt: session.startsAt, sessions: [session] });
  }
  return days;
}
