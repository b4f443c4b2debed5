import { type BackendModule, createInstance, type ResourceKey } from "i18next";
import { use, useSyncExternalStore } from "react";
import { base, type Language, preferredLanguage, rememberLanguage } from "./language.ts";
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

/** Each slice's words in each other language are a chunk of their own, fetched by those who read that language. */
const translations = import.meta.glob<object>(["/src/*/locales/*.json", "!/src/*/locales/en.json"], {
  import: "default",
});

const slices: BackendModule = {
  type: "backend",
  init() {},
  read(language, name, done) {
    const load = translations[`/src/${name}/locales/${language}.json`];
    if (!load) return done(null, {});
    load().then(
      (translated) => done(null, translated as ResourceKey),
      (error: Error) => done(error, false),
    );
  },
};

const words = createInstance().use(slices);
words.on("languageChanged", (language) => {
  document.documentElement.lang = language;
});
void words.init({
  lng: preferredLanguage(),
  fallbackLng: base,
  ns: [],
  initAsync: false,
  nsSeparator: false,
  // React escapes what it shows.
  interpolation: { escapeValue: false },
});

const arrivals: Promise<void>[] = [];

/**
 * Gives a slice its words: `export const useText = addText("events", en)`. They arrive with the slice's own chunk, so
 * the landing page never carries the organizer's words. The hook follows a change of language, and waits under the
 * nearest Suspense while the words of another language are on their way.
 */
export function addText<N extends Name>(name: N, en: TextResources[N]) {
  words.addResourceBundle(base, name, en);
  const arrival = words.loadNamespaces(name);
  arrivals.push(arrival);
  const translators = new Map<string, Translate<N>>();
  const current = () => {
    const known = translators.get(words.language);
    if (known) return known;
    const t = words.getFixedT(words.language, name) as Translate<N>;
    translators.set(words.language, t);
    return t;
  };
  return () => {
    if (!words.hasLoadedNamespace(name, { lng: words.language })) use(arrival);
    return { t: useSyncExternalStore(onLanguage, current) };
  };
}

/** Resolves when the words of every slice here have arrived, or could not and are said in English. */
export async function textArrived(): Promise<void> {
  await Promise.all(arrivals);
}

/** Shows everything in another language, now and at the next visit. */
export async function speak(language: Language): Promise<void> {
  rememberLanguage(language);
  await words.changeLanguage(language);
}

/** The language shown; follows a change. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, () => words.language as Language);
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
