import { addDays, dayOf, toWallClock } from "../events/wallClock.ts";
import type { TemplateGalleryQuery, TemplatePreviewQuery } from "../gql/graphql.ts";

export type GalleryTemplate = TemplateGalleryQuery["templates"][number] &
  Partial<Pick<TemplateGalleryQuery["savedTemplates"][number], "organization">>;
export type TemplateContent = NonNullable<TemplatePreviewQuery["template"]>;

/** What a template says to readers of this language, if anything. */
export function inLanguage<Words extends { language: string }>(
  translations: readonly Words[],
  language: string,
): Words | undefined {
  return translations.find((words) => words.language === language.split("-")[0]);
}

/** How many people somebody expects, roughly. */
export const sizes = ["small", "medium", "large"] as const;
export type Size = (typeof sizes)[number];

const ranges: Record<Size, { from: number; to: number }> = {
  small: { from: 1, to: 30 },
  medium: { from: 31, to: 300 },
  large: { from: 301, to: Number.POSITIVE_INFINITY },
};

/** Whether a template suits so many people. One that does not say suits any number. */
export function suits(template: Pick<GalleryTemplate, "people">, size: Size | undefined): boolean {
  if (!size || !template.people) return true;
  const { from, to } = ranges[size];
  return template.people.from <= to && template.people.to >= from;
}

/** The sessions of one day, by time. */
export function sessionsOn(content: TemplateContent, day: number): TemplateContent["sessions"] {
  return content.sessions.filter((session) => session.day === day).sort((a, b) => a.start.localeCompare(b.start));
}

/** The days on which something happens. */
export function daysOf(content: TemplateContent): number[] {
  return [...new Set(content.sessions.map(({ day }) => day))].sort((a, b) => a - b);
}

/** Days on which people hold an event again: the same weekday, from tomorrow on. */
export function againDays(
  startsAt: string,
  zone: string,
  now: number,
): { key: "nextWeek" | "nextMonth"; day: string }[] {
  const today = dayOf(toWallClock(now, zone));
  const first = dayOf(toWallClock(startsAt, zone));
  const after = (days: number) => {
    let day = addDays(first, days);
    while (day <= today) day = addDays(day, 7);
    return day;
  };
  const [nextWeek, nextMonth] = [after(7), after(28)];
  return [
    { key: "nextWeek", day: nextWeek },
    { key: "nextMonth", day: nextMonth > nextWeek ? nextMonth : addDays(nextWeek, 21) },
  ];
}
