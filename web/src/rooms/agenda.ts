import type { RoomSessionFragment } from "../gql/graphql.ts";

export type Session = RoomSessionFragment;

const at = (moment: string) => new Date(moment).getTime();

/** What the agenda says is on at this moment; the latest begun, when sessions overlap. */
export function sessionNow(sessions: readonly Session[], now: number): Session | undefined {
  return sessions
    .filter((session) => at(session.startsAt) <= now && now < at(session.endsAt))
    .sort((a, b) => at(b.startsAt) - at(a.startsAt))[0];
}

/** What comes after this moment, soonest first. */
export function sessionsToCome(sessions: readonly Session[], now: number): Session[] {
  return sessions.filter((session) => at(session.startsAt) > now).sort((a, b) => at(a.startsAt) - at(b.startsAt));
}

/** The names of a session's speakers, as one phrase. */
export function speakersOf(session: Session): string {
  return session.speakers.map((speaker) => speaker.name).join(", ");
}
