/**
 * Wall clock ↔ instant in an event's time zone.
 *
 * Forms speak in the wall clock of the event (`yyyy-MM-ddTHH:mm`, what `<input type="datetime-local">` writes) while everything
 * stored and compared is an instant. Twice a year a zone skips or repeats an hour; the answer says so instead of guessing silently.
 */

/** `yyyy-MM-ddTHH:mm` */
export type WallClock = string;

/** What a wall clock means in a zone. */
export interface Resolved {
  /** Milliseconds since the epoch. */
  instant: number;
  /**
   * `gap`: the clocks skip this time; `instant` is the same distance after the jump, as calendars do.
   * `repeated`: it happens twice; `instant` is the first one.
   */
  kind: "exact" | "gap" | "repeated";
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function partsFormatter(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** The zone's wall clock at an instant, as if that clock ran in UTC. Its difference to the instant is the zone's offset. */
function wallMillis(instant: number, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of partsFormatter(zone).formatToParts(instant)) part[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function print(millis: number): WallClock {
  return new Date(millis).toISOString().slice(0, 16);
}

/** True when this browser knows the IANA zone. */
export function isTimeZone(zone: string): boolean {
  try {
    partsFormatter(zone);
    return zone !== "";
  } catch {
    return false;
  }
}

/** Reads `yyyy-MM-ddTHH:mm`; null when it is not a date of the calendar (31 April) or not of this shape. */
export function parseWallClock(text: WallClock): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const millis = Date.parse(`${text}:00Z`);
  return Number.isNaN(millis) || print(millis) !== text ? null : millis;
}

/** The wall clock people in `zone` read at `instant` (ISO 8601 or milliseconds). */
export function toWallClock(instant: string | number, zone: string): WallClock {
  const millis = typeof instant === "number" ? instant : Date.parse(instant);
  return print(wallMillis(millis, zone));
}

/** Which instant a wall clock of `zone` is; null when the text is no date. */
export function resolveWallClock(text: WallClock, zone: string): Resolved | null {
  const wall = parseWallClock(text);
  if (wall === null) return null;
  // A zone changes its offset at most once within a day or so: the offsets a day before and after are the only candidates.
  const before = wallMillis(wall - DAY, zone) - (wall - DAY);
  const after = wallMillis(wall + DAY, zone) - (wall + DAY);
  const early = wall - before;
  const late = wall - after;
  const earlyFits = wallMillis(early, zone) === wall;
  const lateFits = wallMillis(late, zone) === wall;
  if (earlyFits && lateFits) return { instant: Math.min(early, late), kind: early === late ? "exact" : "repeated" };
  if (earlyFits) return { instant: early, kind: "exact" };
  if (lateFits) return { instant: late, kind: "exact" };
  return { instant: early, kind: "gap" };
}

/** The wall clock `minutes` later on the clock face, whatever the zone does meanwhile. */
export function addMinutes(text: WallClock, minutes: number): WallClock {
  const wall = parseWallClock(text);
  return wall === null ? text : print(wall + minutes * MINUTE);
}

/** The calendar day of a wall clock, `yyyy-MM-dd`. */
export function dayOf(text: WallClock): string {
  return text.slice(0, 10);
}

/** Minutes after midnight of a wall clock. */
export function minuteOfDay(text: WallClock): number {
  return Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));
}

/** Adds calendar days to `yyyy-MM-dd`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Calendar days from one `yyyy-MM-dd` to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}
