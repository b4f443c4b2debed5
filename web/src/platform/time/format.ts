import { locale } from "../i18n/i18n.ts";
import { platformText } from "../text.ts";

type Moment = Date | string | number;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()} ${zone} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale(), { ...options, timeZone: zone });
    formats.set(key, made);
  }
  return made;
}

/** The calendar day of a moment in a zone, `yyyy-MM-dd`: for grouping and comparing, not for people. */
export function dayKey(at: Moment, zone: string): string {
  const parts = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** `10:30` */
export function formatTime(at: Moment, zone: string): string {
  return format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: prefersTwelveHours() ? "h12" : "h23" }).format(
    new Date(at),
  );
}

/** `Wed 3` */
export function formatDayShort(at: Moment, zone: string): string {
  const parts = format(zone, { weekday: "short", day: "numeric" }).formatToParts(new Date(at));
  return parts.map((p) => (p.value === ", " ? " " : p.value)).join("");
}

const fullDate = { weekday: "short", day: "numeric", month: "long", year: "numeric" } as const;

/** `Wed 3 March 2027` */
export function formatDate(at: Moment, zone: string): string {
  const parts = format(zone, fullDate).formatToParts(new Date(at));
  // The comma some locales put after the weekday only makes noise in a heading.
  return parts.map((p, i) => (parts[i - 1]?.type === "weekday" && p.value === ", " ? " " : p.value)).join("");
}

/** `3 March` */
export function formatDayLong(at: Moment, zone: string): string {
  return format(zone, { day: "numeric", month: "long" }).format(new Date(at));
}

/** `3 Mar, 10:30` */
export function formatMoment(at: Moment, zone: string): string {
  return format(zone, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: prefersTwelveHours() ? "h12" : "h23",
  }).format(new Date(at));
}

/** `Wed 3 – Thu 4 March 2027`, or one date when both are on one day there. */
export function formatDateRange(from: Moment, to: Moment, zone: string): string {
  const [first, last] = [dayKey(from, zone), dayKey(to, zone)];
  if (first === last) return formatDate(from, zone);
  const dayFirst = format(zone, fullDate)
    .formatToParts(0)
    .find((p) => p.type !== "literal" && p.type !== "weekday");
  return first.slice(0, 7) === last.slice(0, 7) && dayFirst?.type === "day"
    ? `${formatDayShort(from, zone)} – ${formatDate(to, zone)}`
    : format(zone, fullDate).formatRange(new Date(from), new Date(to));
}

/** `09:00 – 17:30`: from the first moment to the last, days not said. */
export function formatTimeRange(from: Moment, to: Moment, zone: string): string {
  return `${formatTime(from, zone)} – ${formatTime(to, zone)}`;
}

/** `55 min`, `1 h 30 min` */
export function formatMinutes(minutes: number): string {
  if (minutes <= 90) return platformText("minutes", { count: minutes });
  const hours = platformText("hours", { count: Math.floor(minutes / 60) });
  return minutes % 60 === 0 ? hours : `${hours} ${platformText("minutes", { count: minutes % 60 })}`;
}

/** `1,862` */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

export function minutesBetween(from: Moment, to: Moment): number {
  return Math.round((new Date(to).getTime() - new Date(from).getTime()) / 60_000);
}

function prefersTwelveHours(): boolean {
  return new Intl.DateTimeFormat(locale(), { hour: "numeric" }).resolvedOptions().hour12 === true;
}
