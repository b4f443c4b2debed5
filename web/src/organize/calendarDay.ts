import { locale } from "../platform/i18n/i18n.ts";

/** A calendar day (`yyyy-MM-dd`) in words, without any zone. */
export function formatCalendarDay(day: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }).format(new Date(`${day}T12:00:00Z`));
}
