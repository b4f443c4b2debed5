/**
 * The records of the live hub, named as docs/develop/protocol.md names them.
 * Times are Unix milliseconds, ids are UUID strings.
 */

export type Role = "organizer" | "producer" | "moderator" | "speaker" | "attendee";

export type StageName = "dark" | "live" | "interrupted" | "ended";

export const REACTIONS = ["clap", "heart", "laugh", "idea"] as const;
export type Reaction = (typeof REACTIONS)[number];

export interface StageStatus {
  state: StageName;
  broadcast?: string | null;
  playlist?: string | null;
  speaker?: string | null;
  startedAt?: number | null;
}

export interface Entry {
  seq: number;
  id: string;
  kind: "chat" | "stage";
  at: number;
  /** Whose it is; nobody's when the stage itself speaks. */
  person?: string | null;
  name: string;
  role: Role;
  text?: string | null;
  stage?: StageStatus | null;
}

export interface You {
  id: string;
  name: string;
  role: Role;
}

export interface Joined {
  room: string;
  seq: number;
  entries: Entry[];
  /** True: exactly the entries after the number we named. False: a snapshot that replaces what we held. */
  replayed: boolean;
  present: number;
  watching: number;
  stage?: StageStatus | null;
  you: You;
}

export interface Frame {
  room: string;
  /** Number before the frame's first entry. */
  prev: number;
  /** Number of the frame's last entry. */
  seq: number;
  entries: Entry[];
  reactions?: Partial<Record<Reaction, number>> | null;
  present?: number | null;
  watching?: number | null;
  latencyMs?: number | null;
}

export interface Posted {
  seq: number;
  at: number;
}

/** Tells a client that it was taken out of a room, and why; it does not join again by itself. */
export interface Removed {
  room: string;
  code: string;
  message: string;
}

/** A "no" of the server, with a code for the program and a sentence for the person. */
export interface Refusal {
  code: string;
  message: string;
}

/**
 * Finds the refusal inside a hub error. SignalR wraps what the server said in a sentence of its own, so the JSON starts
 * somewhere in the middle; undefined means the error was no refusal (a lost connection, most often).
 */
export function refusalOf(error: unknown): Refusal | undefined {
  const message = error instanceof Error ? error.message : "";
  const start = message.indexOf("{");
  if (start < 0) return undefined;
  try {
    const found: unknown = JSON.parse(message.slice(start));
    if (typeof found !== "object" || found === null) return undefined;
    const { code, message: sentence } = found as Partial<Refusal>;
    return typeof code === "string" && typeof sentence === "string" ? { code, message: sentence } : undefined;
  } catch {
    return undefined;
  }
}
