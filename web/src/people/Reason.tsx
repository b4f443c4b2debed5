import { languageName } from "./languages.ts";
import { useText } from "./text.ts";

export interface ReasonOf {
  kind: string;
  terms: readonly string[];
}

/** Why two people might want to meet, in words; `card` is the other's. */
export function Reason({ reason, card }: { reason: ReasonOf; card: { looksFor: readonly string[] } }) {
  const { t } = useText();
  const shown = reason.kind === "language" ? reason.terms.map(languageName) : reason.terms;
  const terms = shown.join(", ");
  switch (reason.kind) {
    case "goal":
      return <Marked text={t(theirs(reason, card) ? "reason.goalTheirs" : "reason.goalMine", { terms })} />;
    case "interests":
      return <Marked text={t("reason.interests", { terms })} />;
    case "different":
      return <Marked text={terms ? t("reason.different", { terms }) : t("reason.differentBare")} />;
    case "language":
      return <Marked text={t("reason.language", { terms })} />;
    default:
      return <Marked text={t("reason.new")} />;
  }
}

/** True when it is the other who looks for it. */
function theirs(reason: ReasonOf, card: { looksFor: readonly string[] }): boolean {
  const first = reason.terms[0]?.toLocaleLowerCase();
  return card.looksFor.some((tag) => tag.toLocaleLowerCase() === first);
}

/** A sentence whose `<1>…</1>` is what matters in it. */
function Marked({ text }: { text: string }) {
  const [before, marked, after] = text.split(/<\/?1>/);
  return (
    <span>
      {before}
      {marked && <b>{marked}</b>}
      {after}
    </span>
  );
}
