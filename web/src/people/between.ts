import { formatTime } from "../platform/time/format.ts";

/** A time at which the viewer and somebody met at a party. */
export interface Met {
  round: number;
  at: string;
  seconds: number;
  extended: boolean;
}

/** `7:30` */
export function lengthOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** What a clock in a zone shows, and the place people name it after; undefined for one that this browser does not know. */
export function clockAt(
  zone: string | null | undefined,
  at: Date | string,
): { time: string; place: string } | undefined {
  if (!zone) return undefined;
  try {
    return { time: formatTime(at, zone), place: (zone.split("/").at(-1) ?? zone).replaceAll("_", " ") };
  } catch {
    return undefined;
  }
}
