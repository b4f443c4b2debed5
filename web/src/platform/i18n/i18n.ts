import { useSyncExternalStore } from "react";
import { type Keys, phrase, type Values, type Words } from "./phrase.ts";
import type { TextResources } from "./resources.ts";

/** Says a phrase of a slice in the language shown. */
export type Translate<Name extends keyof TextResources> = (key: Keys<TextResources[Name]>, values?: Values) => string;

/** Always there, in the chunk of the page that needs it; the fallback of every other language. */
const base = "en";
const catalogs = new Map<string, Words>();
const listeners = new Set<() => void>();
let shown: string = base;

/**
 * Gives a slice its words: `export const useText = addText("events", en)`. They arrive with the slice's own chunk, so
 * the landing page never carries the organizer's words. The hook follows a change of language.
 */
export function addText<Name extends keyof TextResources>(name: Name, en: TextResources[Name]) {
  addTranslation(base, name, en as Words);
  const translators = new Map<string, Translate<Name>>();
  const current = () => {
    let t = translators.get(shown);
    if (!t) {
      t = translatorOf(name);
      translators.set(shown, t);
    }
    return t;
  };
  return () => ({ t: useSyncExternalStore(onLanguage, current) });
}

/** Adds a slice's words in another language; what is missing there is said in English. */
export function addTranslation(language: string, name: string, words: Words): void {
  catalogs.set(`${language}:${name}`, words);
}

/** Shows everything in another language. */
export function speak(language: string): void {
  shown = language;
  for (const listener of listeners) listener();
}

/** A slice's phrases outside of components, e.g. in an error handler: always in the language shown at the moment. */
export function translatorOf<Name extends keyof TextResources>(name: Name): Translate<Name> {
  return (key, values) =>
    phrase(catalogs.get(`${shown}:${name}`), shown, key, values) ??
    phrase(catalogs.get(`${base}:${name}`), base, key, values) ??
    key;
}

/** The locale for Intl: the visitor's own variant of the language shown (en-GB writes dates unlike en-US). */
export function locale(): string {
  return navigator.languages.find((wanted) => wanted.split("-")[0] === shown) ?? shown;
}

function onLanguage(changed: () => void) {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
