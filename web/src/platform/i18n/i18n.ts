import i18next, { type TFunction } from "i18next";
import { useSyncExternalStore } from "react";
import type { TextResources } from "./resources.ts";

/** Languages with a complete set of strings. English is in the bundle of each page; others load beside it. */
export const languages = ["en"] as const;

void i18next.init({
  lng: "en",
  fallbackLng: "en",
  resources: {},
  ns: [],
  interpolation: { escapeValue: false },
  initAsync: false,
});

/**
 * Gives a slice its strings: `export const useText = addText("events", en)`. They arrive with the slice's own
 * chunk, so the landing page never carries the organizer's words. The hook follows a change of language.
 */
export function addText<Name extends keyof TextResources>(name: Name, en: TextResources[Name]) {
  i18next.addResourceBundle("en", name, en);
  const byLanguage = new Map<string, TFunction<Name>>();
  const translate = () => {
    const language = i18next.language;
    let t = byLanguage.get(language);
    if (!t) {
      t = i18next.getFixedT(language, name) as TFunction<Name>;
      byLanguage.set(language, t);
    }
    return t;
  };
  return () => ({ t: useSyncExternalStore(onLanguage, translate), i18n: i18next });
}

function onLanguage(changed: () => void) {
  i18next.on("languageChanged", changed);
  return () => i18next.off("languageChanged", changed);
}

/** Sentences outside of components, e.g. in an error handler. */
export const text = i18next;

/** The locale for Intl: the visitor's own variant of the language shown (en-GB writes dates unlike en-US). */
export function locale(): string {
  const shown = i18next.resolvedLanguage ?? "en";
  return navigator.languages.find((wanted) => wanted.split("-")[0] === shown) ?? shown;
}
