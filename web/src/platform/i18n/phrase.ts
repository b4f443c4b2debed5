/**
 * Phrases in i18next's JSON format (version 4), which translation tools read and write: nested keys, `{{value}}`,
 * `{{value, number}}`, and plurals as `key_one`, `key_other` … by the language's own rules. The library itself would
 * take a sixth of the landing page's script budget for these few things.
 */
export interface Words {
  [key: string]: string | Words;
}

export type Values = Record<string, string | number | undefined>;

type Plural = "zero" | "one" | "two" | "few" | "many" | "other";
type Singular<Key extends string> = Key extends `${infer Base}_${Plural}` ? Base : Key;

/** The keys of a catalog, `nested.key`; of a plural only its base. */
export type Keys<Catalog, Before extends string = ""> = {
  [Key in keyof Catalog & string]: Catalog[Key] extends string
    ? `${Before}${Singular<Key>}`
    : Keys<Catalog[Key], `${Before}${Key}.`>;
}[keyof Catalog & string];

/** A phrase with its values put in; undefined when the catalog does not have it. */
export function phrase(
  words: Words | undefined,
  language: string,
  key: string,
  values: Values = {},
): string | undefined {
  const count = values["count"];
  const forms = typeof count === "number" ? pluralForms(key, count, language) : [key];
  const found = forms.map((form) => look(words, form)).find((text) => text !== undefined);
  return found?.replaceAll(/{{\s*(\w+)(,\s*number)?\s*}}/g, (_, name: string, number?: string) => {
    const value = values[name] ?? "";
    return number && typeof value === "number" ? new Intl.NumberFormat(language).format(value) : String(value);
  });
}

/** `zero` may always be said apart, whatever the language's rules are. */
function pluralForms(key: string, count: number, language: string): string[] {
  const form = `${key}_${new Intl.PluralRules(language).select(count)}`;
  return [...(count === 0 ? [`${key}_zero`] : []), form, `${key}_other`, key];
}

function look(words: Words | undefined, key: string): string | undefined {
  let at: string | Words | undefined = words;
  for (const part of key.split(".")) at = typeof at === "object" ? at[part] : undefined;
  return typeof at === "string" ? at : undefined;
}
