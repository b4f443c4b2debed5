import { locale } from "../platform/i18n/i18n.ts";
import { formatNumber } from "../platform/time/format.ts";
import type { Meeting, ProfileCard } from "./party.ts";
import type { useText } from "./text.ts";

type Say = ReturnType<typeof useText>["t"];

/** "Sofía", of "Sofía Herrera": what one calls somebody whom one is about to meet. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

/** "Sofía" or "Sofía and Chidi". */
export function namesOf(people: readonly ProfileCard[], list: Intl.ListFormat): string {
  return list.format(people.map(({ name }) => firstName(name)));
}

/** Why these people were matched, as one would say it when introducing them. */
export function reasonText(
  t: Say,
  { reason, people }: Pick<Meeting, "reason" | "people">,
  list: Intl.ListFormat,
): string {
  const terms = list.format(reason.kind === "language" ? reason.terms.map(languageName) : reason.terms);
  const names = namesOf(people, list);
  const said = (who: ProfileCard, words: readonly string[]) =>
    people.includes(who) && reason.terms.some((term) => has(words, term));
  switch (reason.terms.length > 0 || reason.kind === "new" || reason.kind === "different" ? reason.kind : "new") {
    case "goal": {
      const asks = people.find((who) => said(who, who.looksFor));
      if (asks) return t("why.asks", { name: firstName(asks.name), terms });
      const gives = people.find((who) => said(who, who.offers));
      return gives ? t("why.gives", { name: firstName(gives.name), terms }) : t("why.goal", { terms });
    }
    case "interests":
      return t("why.interests", { names, terms });
    case "language":
      return t("why.language", { terms });
    case "different":
      return reason.terms.length > 0 ? t("why.differentTerms", { names, terms }) : t("why.different", { names });
    default:
      return t("why.new", { names });
  }
}

function has(words: readonly string[], term: string): boolean {
  return words.some((word) => word.localeCompare(term, undefined, { sensitivity: "accent" }) === 0);
}

/** How many ways to begin a conversation the words have. */
export const STARTERS = 12;

/** The number of a way to begin: always the same for a meeting, so that both read the same; `turn` gives the next ones. */
export function starterOf(meeting: string, turn = 0): number {
  let sum = 0;
  for (const letter of meeting) sum = (sum * 31 + letter.charCodeAt(0)) % 9_973;
  return ((sum + turn) % STARTERS) + 1;
}

/** "Deutsch" for `de`, in the language shown. */
function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag; // not a language tag after all
  }
}

/** Up to ten in a word, as one says it; then in figures. */
export function inWords(t: Say, count: number): string {
  return count >= 1 && count <= 10 ? t(`numbers.${count}` as "numbers.1") : formatNumber(count);
}

/** For the beginning of a sentence. */
export function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
