import i18next, { type Resource } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { TextResources } from "./resources.ts";

/** Languages with a complete set of strings. English is in the bundle of each page; others load beside it. */
export const languages = ["en"] as const;

void i18next.use(initReactI18next).init({
  lng: "en",
  fallbackLng: "en",
  resources: {} satisfies Resource,
  ns: [],
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
  initAsync: false,
});

/**
 * Gives a slice its strings: `export const useText = addText("events", en)`. They arrive with the slice's own
 * chunk, so the landing page never carries the organizer's words.
 */
export function addText<Name extends keyof TextResources>(name: Name, en: TextResources[Name]) {
  i18next.addResourceBundle("en", name, en);
  return () => useTranslation(name);
}

/** Sentences outside of components, e.g. in an error handler. */
export const text = i18next;

/** The locale for Intl: the visitor's own variant of the language shown (en-GB writes dates unlike en-US). */
export function locale(): string {
  const shown = i18next.resolvedLanguage ?? "en";
  return navigator.languages.find((wanted) => wanted.split("-")[0] === shown) ?? shown;
}
