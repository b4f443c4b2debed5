import type { Visibility } from "../gql/graphql.ts";
import { useText } from "./text.ts";

const CHOICES = ["OPEN", "MATCHES", "HIDDEN"] as const satisfies readonly Visibility[];

interface VisibilityFieldProps {
  /** Undefined: as in the profile. */
  chosen: Visibility | undefined;
  /** At one event: what the profile says, offered as the first choice. */
  usual?: Visibility;
  onChoose: (visibility: Visibility | undefined) => void;
}

/** Who can find you: kept as soon as it is chosen. */
export function VisibilityField({ chosen, usual, onChoose }: VisibilityFieldProps) {
  const { t } = useText();
  return (
    <fieldset className="choices who">
      <legend className="h3">{t("visibility.label")}</legend>
      {usual && (
        <label className="choice">
          <span className="check">
            <input type="radio" name="visibility" checked={chosen === undefined} onChange={() => onChoose(undefined)} />
          </span>
          <b className="strong">{t("visibility.usual")}</b>
          <small>{t("visibility.usualText", { choice: t(`visibility.${usual}`) })}</small>
        </label>
      )}
      {CHOICES.map((choice) => (
        <label className="choice" key={choice}>
          <span className="check">
            <input type="radio" name="visibility" checked={chosen === choice} onChange={() => onChoose(choice)} />
          </span>
          <b className="strong">{t(`visibility.${choice}`)}</b>
          <small>{t(`visibility.${choice}_text`)}</small>
        </label>
      ))}
    </fieldset>
  );
}
