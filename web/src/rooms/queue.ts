import { formatNumber } from "../platform/time/format";
import type { Place } from "./wire";

/** The longest time between two questions whether it is our turn. */
export const ASK_AGAIN_MS = 15_000;
/** The shortest, whatever the server says. */
const ASK_AGAIN_LEAST_MS = 1_000;

/** When to ask again whether it is our turn, in milliseconds. */
export function askAgainMs({ seconds }: Place): number {
  return Math.min(ASK_AGAIN_MS, Math.max(ASK_AGAIN_LEAST_MS, seconds * 1000));
}

const key = (event: string) => `plenary.queue.${event}`;

/** Tickets of this tab, by event: a place in line, or the right to come back. A reload keeps them. */
export const tickets = {
  of: (event: string): string | undefined => stored(() => sessionStorage.getItem(key(event))) ?? undefined,
  keep: (event: string, ticket: string): void => stored(() => sessionStorage.setItem(key(event), ticket)),
  forget: (event: string): void => stored(() => sessionStorage.removeItem(key(event))),
};

/** A browser that keeps nothing (private windows, blocked site data) throws at every touch. */
function stored<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** The numbers of a place, as people read them. */
export function numbersOf({ place, people }: Place): { place: string; people: string } {
  return { place: formatNumber(place), people: formatNumber(people) };
}

/** Which words say how long it takes: `soon`, or about so many seconds or minutes. Rounded up, so that it is rather less. */
export function waitOf({ seconds }: Place): { unit: "soon" | "seconds" | "minutes"; count: number } {
  if (seconds <= 10) return { unit: "soon", count: 0 };
  if (seconds <= 50) return { unit: "seconds", count: Math.ceil(seconds / 10) * 10 };
  return { unit: "minutes", count: Math.ceil(seconds / 60) };
}
