/**
 * What the organizer's forms check before they ask the server. The server checks everything again; these rules exist so that a
 * mistake is named at its field while the person is still looking at it. Answers are keys of the `organize` strings.
 */
import { isTimeZone, parseWallClock, resolveWallClock } from "./wallClock.ts";

export type FieldErrors<F extends string> = Partial<Record<F, string>>;

/** The longest texts the server keeps, in characters. */
export const LIMITS = {
  name: 120,
  tagline: 280,
  description: 20_000,
  slug: 80,
  title: 160,
  summary: 4_000,
  sessionMinutes: 24 * 60,
  roomName: 80,
  speakerName: 80,
  headline: 160,
  bio: 4_000,
  ticketName: 80,
  ticketDescription: 280,
  capacity: 100_000,
} as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/;

export function isDay(text: string): boolean {
  return DAY.test(text) && parseWallClock(`${text}T00:00`) !== null;
}

export function isEmail(text: string): boolean {
  return EMAIL.test(text.trim()) && text.trim().length <= 254;
}

/** `#rrggbb` in lower case from what people type (`0E6B54`, `#0e6`); null when it is no colour. */
export function normaliseAccent(text: string): string | null {
  const hex = text.trim().replace(/^#/, "").toLowerCase();
  if (/^[0-9a-f]{6}$/.test(hex)) return `#${hex}`;
  if (/^[0-9a-f]{3}$/.test(hex)) return `#${[...hex].map((digit) => digit + digit).join("")}`;
  return null;
}

/** An address people can read: lower-case letters and digits, single hyphens between. */
export function suggestSlug(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, LIMITS.slug)
    .replace(/-+$/, "");
}

export interface NewEvent {
  name: string;
  date: string;
  timeZone: string;
}

/** @param today the day in the chosen zone, so that "in the past" is judged where the event is. */
export function checkNewEvent(form: NewEvent, today: string): FieldErrors<keyof NewEvent> {
  const errors: FieldErrors<keyof NewEvent> = {};
  if (!form.name.trim()) errors.name = "nameMissing";
  else if (form.name.trim().length > LIMITS.name) errors.name = "nameLong";
  if (!isDay(form.date)) errors.date = "dateMissing";
  else if (form.date < today) errors.date = "datePast";
  if (!isTimeZone(form.timeZone)) errors.timeZone = "zoneUnknown";
  return errors;
}

export interface EventPage {
  name: string;
  tagline: string;
  description: string;
  slug: string;
  accent: string;
  startsAtLocal: string;
  endsAtLocal: string;
  timeZone: string;
}

export function checkEventPage(form: EventPage): FieldErrors<keyof EventPage> {
  const errors: FieldErrors<keyof EventPage> = {};
  if (!form.name.trim()) errors.name = "nameMissing";
  else if (form.name.trim().length > LIMITS.name) errors.name = "nameLong";
  if (form.tagline.length > LIMITS.tagline) errors.tagline = "taglineLong";
  if (form.description.length > LIMITS.description) errors.description = "descriptionLong";
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(form.slug)) errors.slug = "slugShape";
  if (normaliseAccent(form.accent) === null) errors.accent = "accentShape";
  if (!isTimeZone(form.timeZone)) {
    errors.timeZone = "zoneUnknown";
    return errors;
  }
  const start = resolveWallClock(form.startsAtLocal, form.timeZone);
  const end = resolveWallClock(form.endsAtLocal, form.timeZone);
  if (!start) errors.startsAtLocal = "timeMissing";
  else if (start.kind === "gap") errors.startsAtLocal = "timeGap";
  if (!end) errors.endsAtLocal = "timeMissing";
  else if (end.kind === "gap") errors.endsAtLocal = "timeGap";
  else if (start && end.instant <= start.instant) errors.endsAtLocal = "endBeforeStart";
  return errors;
}

export interface SessionForm {
  title: string;
  summary: string;
  room: string;
  startsAtLocal: string;
  minutes: string;
}

export function checkSession(form: SessionForm, timeZone: string): FieldErrors<keyof SessionForm> {
  const errors: FieldErrors<keyof SessionForm> = {};
  if (!form.title.trim()) errors.title = "titleMissing";
  else if (form.title.trim().length > LIMITS.title) errors.title = "titleLong";
  if (form.summary.length > LIMITS.summary) errors.summary = "summaryLong";
  if (!form.room) errors.room = "roomMissing";
  const start = resolveWallClock(form.startsAtLocal, timeZone);
  if (!start) errors.startsAtLocal = "timeMissing";
  else if (start.kind === "gap") errors.startsAtLocal = "timeGap";
  const minutes = Number(form.minutes);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > LIMITS.sessionMinutes) errors.minutes = "minutesRange";
  return errors;
}

export interface TicketForm {
  name: string;
  capacity: string;
}

/** @param taken registrations that already hold a place: a capacity below would take places away from people. */
export function checkTicket(form: TicketForm, taken: number): FieldErrors<keyof TicketForm> {
  const errors: FieldErrors<keyof TicketForm> = {};
  if (!form.name.trim()) errors.name = "nameMissing";
  else if (form.name.trim().length > LIMITS.ticketName) errors.name = "nameLong";
  const capacity = Number(form.capacity);
  if (form.capacity.trim() === "" || !Number.isInteger(capacity) || capacity < 1 || capacity > LIMITS.capacity)
    errors.capacity = "capacityRange";
  else if (capacity < taken) errors.capacity = "capacityBelowTaken";
  return errors;
}

export interface SpeakerForm {
  name: string;
  email: string;
}

export function checkSpeaker(form: SpeakerForm): FieldErrors<keyof SpeakerForm> {
  const errors: FieldErrors<keyof SpeakerForm> = {};
  if (!form.name.trim()) errors.name = "nameMissing";
  else if (form.name.trim().length > LIMITS.speakerName) errors.name = "nameLong";
  if (form.email.trim() && !isEmail(form.email)) errors.email = "emailShape";
  return errors;
}
