import { locale } from "../platform/i18n/i18n.ts";

/** `pt` is “Portuguese” to a reader of English; a code nobody knows stays as it is. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([locale()], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
