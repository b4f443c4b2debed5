import type { RoomLine } from "../rooms/live.ts";

/** Answers `Attend`. */
export interface Attending {
  event: string;
  person: string;
  /** The server's clock, Unix milliseconds. */
  at: number;
}

/** Something for this person at an event, told once: what it is about is asked for where it is kept. */
export interface ToldAtEvent {
  event?: string | null;
  about: string;
  /** JSON. */
  data: string;
}

/** The person is not of the event any more. */
export interface Unattended {
  event: string;
  code: string;
  message: string;
}

/** What attendance needs of a connection, whoever owns it. */
export interface AttendLine extends Pick<RoomLine, "invoke" | "hear" | "onLine"> {
  /** The same connection for something whose messages carry this id as their room, such as a call. */
  lineOf(id: string): Pick<RoomLine, "hear">;
}
