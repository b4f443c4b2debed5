import { addDays, dayOf, toWallClock } from "./wallClock.ts";

export interface DatePreset {
  key: "tomorrow" | "nextWeek" | "twoWeeks" | "nextMonth";
  /** `yyyy-MM-dd` in the event's zone. */
  day: string;
}

const TUESDAY = 2;

/** Days an organizer is likely to mean: tomorrow, then Tuesdays, the day most events pick. */
export function datePresets(now: number, zone: string): DatePreset[] {
  const today = dayOf(toWallClock(now, zone));
  const tuesdayAfter = (days: number) => {
    const from = addDays(today, days);
    const weekday = new Date(`${from}T00:00:00Z`).getUTCDay();
    return addDays(from, (TUESDAY - weekday + 7) % 7);
  };
  return [
    { key: "tomorrow", day: addDays(today, 1) },
    { key: "nextWeek", day: tuesdayAfter(2) },
    { key: "twoWeeks", day: tuesdayAfter(9) },
    { key: "nextMonth", day: tuesdayAfter(28) },
  ];
}
