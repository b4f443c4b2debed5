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
  /** Who is on stage, in order. */
  on?: { person?: string | null; name: string; title?: string | null }[] | null;
  /** Shown instead of the picture. */
  card?: StageCard | null;
  /** A line across the picture, such as the question that is being answered. */
  banner?: { text: string; by?: string | null } | null;
  /** Path of the page to be framed, when what is live comes from elsewhere. */
  external?: string | null;
  /** So many may watch it without delay, in the call of the room; absent when nobody can. */
  seats?: number | null;
  /** Nobody raises a hand just now. */
  handsClosed?: boolean | null;
}

export interface StageCard {
  kind: "starting" | "break" | "ended" | "custom";
  title: string;
  text?: string | null;
  /** Path of a sound that plays meanwhile. */
  music?: string | null;
  /** Path of a video that is looped meanwhile. */
  clip?: string | null;
  /** When it goes on, to count down to. */
  until?: number | null;
}

/** The plan of a stage, told backstage only; of two the higher version is true. `document` is JSON: `planOf` reads it. */
export interface PlanNow {
  version: number;
  document: string;
}

export interface Entry {
  seq: number;
  id: string;
  kind: "chat" | "stage" | "plan" | "change";
  at: number;
  /** Whose it is; nobody's when the stage itself speaks. */
  person?: string | null;
  name: string;
  role: Role;
  text?: string | null;
  stage?: StageStatus | null;
  /** Backstage only: what is on the stage from now on, as `planOf` reads it. */
  plan?: unknown;
  /** What a message answers. */
  quote?: Quote | null;
  /** Ids of people whom a message calls. */
  mentions?: readonly string[] | null;
  /** What has become of a message. */
  now?: MessageNow | null;
  /** What a change made of its messages. */
  changes?: readonly MessageNow[] | null;
}

/** What a message answers, as it is shown above it. */
export interface Quote {
  message: number;
  id: string;
  person?: string | null;
  name: string;
  /** How it begins; null once it was removed. */
  text?: string | null;
}

/** What has become of a message, always all of it; of two the higher version is true. */
export interface MessageNow {
  /** Number of the message. */
  message: number;
  version: number;
  /** The text, when it is another than the first. */
  text?: string | null;
  editedAt?: number | null;
  removed?: string | null;
  pinned?: boolean | null;
  reactions?: Readonly<Record<string, number>> | null;
  preview?: LinkPreview | null;
}

/** What a link leads to, in words. */
export interface LinkPreview {
  url: string;
  site: string;
  title: string;
  text?: string | null;
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
  /** True: the entries after the number we named. False: a snapshot that replaces what we held. */
  replayed: boolean;
  present: number;
  watching: number;
  stage?: StageStatus | null;
  /** Backstage only: what is on the stage. */
  plan?: unknown;
  you: You;
  /** How many chat entries up to `seq` are not among these, because nobody could read them all. */
  left?: number | null;
  /** Shown at the next join: who has been in does not stand in line again. Absent when the one we have still counts. */
  ticket?: string | null;
}

/** What is being said on the stage, in one language. The same id again replaces the line until it is final. */
export interface Caption {
  id: string;
  /** BCP 47. */
  language: string;
  text: string;
  /** When its first word was said, by the server's clock. */
  at: number;
  /** About when it ends. */
  until: number;
  final: boolean;
  speaker?: string | null;
}

export interface Frame {
  room: string;
  /** Number before the frame's first entry. */
  prev: number;
  /** Number of the frame's last entry. Who applied the frame is there, with or without the entries in between. */
  seq: number;
  entries: Entry[];
  /** How many chat entries between `prev` and `seq` are not shown here, because nobody could read them all. */
  left?: number | null;
  reactions?: Partial<Record<Reaction, number>> | null;
  present?: number | null;
  watching?: number | null;
  latencyMs?: number | null;
  captions?: Caption[] | null;
}

export interface Posted {
  seq: number;
  at: number;
  /** It is kept and not shown to others yet. */
  held?: true | null;
}

/** Entries that a frame left out but that concern this person: written by them, or mentioning them. */
export interface Also {
  room: string;
  entries: Entry[];
}

/** This process is going away or is full: connect to another one, then let go of this. */
export interface Moving {
  /** Where to; absent for the address we came from. */
  to?: string | null;
  /** How long to wait before, in milliseconds, so that not everybody goes at once. */
  after: number;
}

/** Tells a client that it was taken out of a room, and why; it does not join again by itself. */
export interface Removed {
  room: string;
  code: string;
  message: string;
}

/** Something for this person alone, told once: what it is about is asked for where it is kept. */
export interface Told {
  /** Absent when it is said of the event: see `web/src/attend`. */
  room?: string | null;
  about: string;
  /** JSON. */
  data: string;
}

/** A "no" of the server, with a code for the program and a sentence for the person. */
export interface Refusal {
  code: string;
  message: string;
}

/** A place in the line before a room that many people enter at once. */
export interface Place {
  /** Our number in the line, from 1. */
  place: number;
  /** How long the line is. */
  people: number;
  /** About how long it takes until we are in. */
  seconds: number;
  /** Shown when asking again; it is our place. */
  ticket: string;
}

/**
 * Finds the refusal inside a hub error; undefined means the error was no refusal (a lost connection, most often).
 */
export function refusalOf(error: unknown): Refusal | undefined {
  const { code, message } = saidIn(error);
  return typeof code === "string" && typeof message === "string" ? { code, message } : undefined;
}

/** The place in line, when that is what the server answered. */
export function placeOf(error: unknown): Place | undefined {
  const { code, place, people, seconds, ticket } = saidIn(error);
  if (code !== "queued" || typeof ticket !== "string") return undefined;
  const number = count(place, 1);
  return { place: number, people: Math.max(number, count(people, 1)), seconds: count(seconds, 0), ticket };
}

function count(value: unknown, least: number): number {
  return typeof value === "number" && Number.isFinite(value) ? Math.max(least, Math.ceil(value)) : least;
}

/** SignalR wraps what the server said in a sentence of its own, so the JSON starts somewhere in the middle. */
function saidIn(error: unknown): Record<string, unknown> {
  const message = error instanceof Error ? error.message : "";
  const start = message.indexOf("{");
  if (start < 0) return {};
  try {
    const found: unknown = JSON.parse(message.slice(start));
    return typeof found === "object" && found !== null ? { ...found } : {};
  } catch {
    return {};
  }
}
