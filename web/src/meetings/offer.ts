import { dayKey } from "../platform/time/format.ts";

/** From one moment to another, each as ISO 8601 in UTC. */
export interface Stretch {
  from: string;
  until: string;
}

const QUARTER_MS = 15 * 60_000;
/** A month: of a longer event its first month is offered from. */
const MOST_QUARTERS = 31 * 24 * 4;

/** The days of an event by the clocks of a zone, each with its quarters of an hour; the last quarter of a day is where its last meeting ends. */
export function daysBetween(from: string, until: string, zone: string): { day: string; quarters: string[] }[] {
  const first = Math.ceil(Date.parse(from) / QUARTER_MS) * QUARTER_MS;
  const last = Date.parse(until);
  const days = new Map<string, string[]>();
  for (let at = first, n = 0; at <= last && n < MOST_QUARTERS; at += QUARTER_MS, n++) {
    const moment = new Date(at).toISOString();
    // Midnight is the end of the day before it, and the beginning of the next.
    const ending = dayKey(at - 1, zone);
    if (at > first && ending !== dayKey(at, zone)) days.get(ending)?.push(moment);
    days.set(dayKey(at, zone), [...(days.get(dayKey(at, zone)) ?? []), moment]);
  }
  return [...days].filter(([, quarters]) => quarters.length > 1).map(([day, quarters]) => ({ day, quarters }));
}

/** All of a day. */
export function stretchOf(quarters: readonly string[]): Stretch {
  return { from: quarters[0] ?? "", until: quarters.at(-1) ?? "" };
}

/** There is something, and all of it is longer than nothing. */
export function isFine(times: readonly Stretch[]): boolean {
  return times.length > 0 && times.every(({ from, until }) => from < until);
}
