import { locale } from "../platform/i18n/i18n.ts";

/** A calendar day (`yyyy-MM-dd`) in words, without any zone. */
export function formatCalendarDay(day: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }).format(new Date(`${day}T12:00:00Z`));
}

/** `3 – 4 Mar`, on the event's clock: for places too narrow for a whole date. */
export function formatDaysShort(event: { startsAt: string; endsAt: string; timeZone: string }): string {
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", timeZone: event.timeZone }).formatRange(
    new Date(event.startsAt),
    new Date(event.endsAt),
  );
}
