import { locale } from "../platform/i18n/i18n.ts";

/** Languages offered in the list; any other can be told by the people who speak it, through the API. */
const OFFERED =
  "ar am az bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id ig is it ja ka kk km ko lo lt lv mk ml mn mr ms mt my nb ne nl pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tl tr uk ur uz vi xh yo zh zu".split(
    " ",
  );

/** `pt` is “Portuguese” to a reader of English; a code nobody knows stays as it is. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([locale()], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** The languages that are not chosen yet, by their names. */
export function languagesLeft(chosen: readonly string[]): { code: string; name: string }[] {
  return OFFERED.filter((code) => !chosen.includes(code))
    .map((code) => ({ code, name: languageName(code) }))
    .sort((one, other) => one.name.localeCompare(other.name, locale()));
}
