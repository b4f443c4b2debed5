import { describe, expect, it } from "vitest";
import { base, languages } from "./language.ts";

interface Words {
  [key: string]: string | Words;
}

const files = import.meta.glob<Words>("/src/*/locales/*.json", { import: "default", eager: true });
const slices = Object.keys(files).flatMap((path) => path.match(/^\/src\/(.+)\/locales\/en\.json$/)?.[1] ?? []);
const others = Object.keys(languages).filter((language) => language !== base);

function textsOf(slice: string, language: string): [key: string, text: string][] {
  const flat = (words: Words, before: string): [string, string][] =>
    Object.entries(words).flatMap(([name, text]) =>
      typeof text === "string" ? [[before + name, text] as [string, string]] : flat(text, `${before}${name}.`),
    );
  return flat(files[`/src/${slice}/locales/${language}.json`] ?? {}, "");
}

/** Key to placeholders. The plural forms of a key are one phrase: how many there are is up to the language. */
function phrasesOf(slice: string, language: string): Map<string, Set<string>> {
  const phrases = new Map<string, Set<string>>();
  for (const [form, text] of textsOf(slice, language)) {
    const key = form.replace(/_(one|two|few|many|other)$/, "");
    phrases.set(key, new Set([...(phrases.get(key) ?? []), ...(text.match(/{{.+?}}/g) ?? [])]));
  }
  return phrases;
}

function missingPlurals(slice: string, language: string): string[] {
  const keys = new Set(textsOf(slice, language).map(([key]) => key));
  const counted = [...keys].filter((key) => key.endsWith("_other")).map((key) => key.slice(0, -"other".length));
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return counted.flatMap((key) => forms.map((form) => key + form)).filter((key) => !keys.has(key));
}

describe.each(others)("the words in %s", (language) => {
  it.each(slices)("say everything of %s that English says, with the same values", (slice) => {
    expect(phrasesOf(slice, language)).toEqual(phrasesOf(slice, base));
  });

  it.each(slices)("have every plural form in %s", (slice) => {
    expect(missingPlurals(slice, language)).toEqual([]);
  });
});
