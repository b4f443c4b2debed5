/** The languages Plenary speaks, by their own names. A new one is a line here and a `locales/<code>.json` in each slice. */
export const languages = { en: "English", de: "Deutsch" } as const;

export type Language = keyof typeof languages;

/** Always there, in the chunk of the page that needs it; what another language lacks is said in it. */
export const base: Language = "en";

const key = "plenary.language";

/** The language this visitor chose here, else the first of the browser's that Plenary speaks. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(key) ?? "", ...navigator.languages];
  return wanted.map((code) => code.split("-")[0]).find(isLanguage) ?? base;
}

/** Keeps the choice in this browser. */
export function rememberLanguage(language: Language): void {
  localStorage.setItem(key, language);
}

function isLanguage(code: string | undefined): code is Language {
  return code !== undefined && Object.hasOwn(languages, code);
}
