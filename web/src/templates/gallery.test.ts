import { expect, it } from "vitest";
import { againDays, inLanguage, suits } from "./gallery.ts";

const people = (from: number, to: number) => ({ people: { __typename: "TemplatePeople" as const, from, to } });

it("finds templates by how many people come", () => {
  expect(suits(people(8, 60), "small")).toBe(true);
  expect(suits(people(8, 60), "medium")).toBe(true);
  expect(suits(people(8, 60), "large")).toBe(false);
  expect(suits(people(50, 10_000), "small")).toBe(false);
  expect(suits(people(50, 10_000), undefined)).toBe(true);
  expect(suits({ people: null }, "large")).toBe(true);
});

it("speaks the reader's language where it can", () => {
  const panel = [{ language: "de", name: "Podium" }];
  expect(inLanguage(panel, "de-CH")?.name).toBe("Podium");
  expect(inLanguage(panel, "fr")).toBeUndefined();
});

it("offers the same weekday again, never a day that has passed", () => {
  const monthly = "2031-05-14T17:00:00Z"; // a Wednesday
  const before = Date.parse("2031-05-01T12:00:00Z");
  expect(againDays(monthly, "Europe/Berlin", before).map(({ day }) => day)).toEqual(["2031-05-21", "2031-06-11"]);
  const later = Date.parse("2031-09-01T12:00:00Z"); // a Monday
  expect(againDays(monthly, "Europe/Berlin", later).map(({ day }) => day)).toEqual(["2031-09-03", "2031-09-24"]);
});
