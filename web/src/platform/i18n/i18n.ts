import { createInstance } from "i18next";
import { useSyncExternalStore } from "react";
import type { TextResources } from "./resources.ts";

type Name = keyof TextResources;
type Plural = "zero" | "one" | "two" | "few" | "many" | "other";
type Singular<Key extends string> = Key extends `${infer Base}_${Plural}` ? Base : Key;

/** The keys of a catalog, `nested.key`; of a plural only its base. */
type Keys<Catalog, Before extends string = ""> = {
  [Key in keyof Catalog & string]: Catalog[Key] extends string
    ? `${Before}${Singular<Key>}`
    : Keys<Catalog[Key], `${Before}${Key}.`>;
}[keyof Catalog & string];

/** Says a phrase of a slice in the language shown. */
export type Translate<N extends Name> = (
  key: Keys<TextResources[N]>,
  values?: Record<string, string | number | undefined>,
) => string;

/** Always there, in the chunk of the page that needs it; what another language lacks is said in it. */
const base = "en";

const words = createInstance();
void words.init({
  lng: base,
  fallbackLng: base,
  ns: [],
  initAsync: false,
  nsSeparator: false,
  // React escapes what it shows.
  interpolation: { escapeValue: false },
});

/**
 * Gives a slice its words: `export const useText = addText("events", en)`. They arrive with the slice's own chunk, so
 * the landing page never carries the organizer's words. The hook follows a change of language.
 */
export function addText<N extends Name>(name: N, en: TextResources[N]) {
  words.addResourceBundle(base, name, en);
  const translators = new Map<string, Translate<N>>();
  const current = () => {
    const known = translators.get(words.language);
    if (known) return known;
    const t = words.getFixedT(words.language, name) as Translate<N>;
    translators.set(words.language, t);
    return t;
  };
  return () => ({ t: useSyncExternalStore(onLanguage, current) });
}

/** Adds a slice's words in another language; what is missing there is said in English. */
export function addTranslation(language: string, name: Name, translated: object): void {
  words.addResourceBundle(language, name, translated, true, true);
}

/** Shows everything in another language. */
export async function speak(language: string): Promise<void> {
  await words.changeLanguage(language);
}

/** A slice's phrases outside of components, e.g. in an error handler: always in the language shown at the moment. */
export function translatorOf<N extends Name>(name: N): Translate<N> {
  return words.getFixedT(null, name) as Translate<N>;
}

/** The locale for Intl: the visitor's own variant of the language shown (en-GB writes dates unlike en-US). */
export function locale(): string {
  return navigator.languages.find((wanted) => wanted.split("-")[0] === words.language) ?? words.language;
}

function onLanguage(changed: () => void) {
  words.on("languageChanged", changed);
  return () => words.off("languageChanged", changed);
}
