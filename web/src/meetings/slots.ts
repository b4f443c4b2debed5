import { dayKey } from "../platform/time/format.ts";

export interface Slot {
  at: string;
  free: boolean;
}

/** The days on which something is free, each with all its times, as the clocks of the zone have them. */
export function daysOf(slots: readonly Slot[], zone: string): { day: string; slots: Slot[] }[] {
  const days = new Map<string, Slot[]>();
  for (const slot of slots) days.set(dayKey(slot.at, zone), [...(days.get(dayKey(slot.at, zone)) ?? []), slot]);
  return [...days].filter(([, all]) => all.some(({ free }) => free)).map(([day, all]) => ({ day, slots: all }));
}

/** The zone of this browser, and how people call it: `Tunis (CET)`. */
export function ownZone(): { zone: string; name: string } {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const city = (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
  const short = new Intl.DateTimeFormat(undefined, { timeZone: zone, timeZoneName: "short" })
    .formatToParts(new Date())
    .find(({ type }) => type === "timeZoneName")?.value;
  return { zone, name: short && short !== city ? `${city} (${short})` : city };
}
