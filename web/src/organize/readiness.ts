/** What still needs the organizer before the day, derived from the event as it is; nothing here is stored or ticked by hand. */
import { findConflicts, type PlacedSession } from "../agenda/conflicts.ts";
import { addDays } from "../events/wallClock.ts";

export type ReadinessKey =
  | "published"
  | "sessions"
  | "conflicts"
  | "speakers"
  | "invitations"
  | "cover"
  | "description"
  | "tickets";

export interface ReadinessFact {
  key: ReadinessKey;
  done: boolean;
  /** For the sentence: how many of the thing there are, or how many still need attention. */
  count: number;
  /** Where it is mended, below /organize/events/{id}. Empty: on the overview itself. */
  at: "" | "page" | "agenda" | "speakers" | "registration";
}

export interface ReadinessInput {
  status: string;
  description: string;
  coverUrl?: string | null;
  coverArt: string;
  sessions: readonly PlacedSession[];
  speakers: readonly { id: string; invitedAt?: string | null }[];
  ticketTypes: readonly { remaining: number }[];
}

/** A description shorter than this tells a visitor nothing. */
const MEANINGFUL_DESCRIPTION = 40;

/** The facts in the order an organizer does them; the page shows them all, only missing ones ask for something. */
export function readiness(event: ReadinessInput): ReadinessFact[] {
  const conflicts = findConflicts(event.sessions).length;
  const uninvited = event.speakers.filter((speaker) => !speaker.invitedAt).length;
  const seats = event.ticketTypes.reduce((sum, ticket) => sum + ticket.remaining, 0);
  const facts: ReadinessFact[] = [
    { key: "published", done: event.status !== "DRAFT", count: 0, at: "" },
    { key: "description", done: event.description.trim().length >= MEANINGFUL_DESCRIPTION, count: 0, at: "page" },
    { key: "cover", done: Boolean(event.coverUrl || event.coverArt), count: 0, at: "page" },
    { key: "sessions", done: event.sessions.length > 0, count: event.sessions.length, at: "agenda" },
  ];
  if (conflicts > 0) facts.push({ key: "conflicts", done: false, count: conflicts, at: "agenda" });
  facts.push({ key: "speakers", done: event.speakers.length > 0, count: event.speakers.length, at: "speakers" });
  if (event.speakers.length > 0)
    facts.push({
      key: "invitations",
      done: uninvited === 0,
      count: uninvited > 0 ? uninvited : event.speakers.length,
      at: "speakers",
    });
  facts.push({ key: "tickets", done: seats > 0, count: seats, at: "registration" });
  return facts;
}

export type Doors =
  | { state: "ahead"; days: number; hours: number; minutes: number }
  | { state: "open" }
  | { state: "over" };

/** How far away the event is, on the clock (24-hour days), rounded so that "in 1 day" never means three hours. */
export function doors(event: { startsAt: string; endsAt: string; status: string }, now: number): Doors {
  if (event.status === "ENDED" || event.status === "CANCELLED" || now >= Date.parse(event.endsAt))
    return { state: "over" };
  const minutes = Math.ceil((Date.parse(event.startsAt) - now) / 60_000);
  if (minutes <= 0) return { state: "open" };
  return { state: "ahead", days: Math.round(minutes / 1440), hours: Math.round(minutes / 60), minutes };
}

/** A chart of fewer days would be a lonely bar. */
const FEWEST_DAYS = 7;

/** Registrations per day with the gaps filled and a running total, at least a week: what the chart draws. */
export function registrationCurve(
  days: readonly { day: string; count: number }[],
  today: string,
): { day: string; count: number; total: number }[] {
  const first = days[0];
  if (!first) return [];
  const counts = new Map(days.map(({ day, count }) => [day, count]));
  const last = [today, ...counts.keys()].sort().at(-1) ?? today;
  const curve: { day: string; count: number; total: number }[] = [];
  const week = addDays(last, 1 - FEWEST_DAYS);
  const [opening = first.day] = [week, first.day].sort();
  let total = 0;
  for (let at = Date.parse(`${opening}T00:00:00Z`); at <= Date.parse(`${last}T00:00:00Z`); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    const count = counts.get(day) ?? 0;
    total += count;
    curve.push({ day, count, total });
  }
  return curve;
}

/** A round upper end for a chart's axis, and the lines below it: never more than four steps, always whole numbers. */
export function axisSteps(highest: number): number[] {
  const wanted = Math.max(1, highest) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(wanted));
  const step = Math.max(
    1,
    [1, 2, 2.5, 5, 10].map((factor) => factor * magnitude).find((candidate) => candidate >= wanted) ?? wanted,
  );
  const whole = Math.ceil(step);
  const steps: number[] = [];
  for (let value = 0; value < highest + whole && steps.length < 6; value += whole) steps.push(value);
  return steps.length < 2 ? [0, whole] : steps;
}
