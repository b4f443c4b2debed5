import { TextAreaField, TextField } from "../platform/components/Field.tsx";
import { type DraftHere, LONGEST_ABOUT, LONGEST_HEADLINE } from "./draft.ts";
import { TagField } from "./TagField.tsx";
import { useText } from "./text.ts";

interface HereFieldProps {
  name: keyof DraftHere;
  /** What the profile says. */
  usual: string | string[];
  /** Undefined: as in the profile. */
  here: string | string[] | undefined;
  error: string | undefined;
  onChange: (value: string | string[] | undefined) => void;
}

/** One thing that may differ at an event: as in the profile, or written anew. */
export function HereField({ name, usual, here, error, onChange }: HereFieldProps) {
  const { t } = useText();
  const differs = here !== undefined;
  return (
    <div className="here">
      <div className="row between">
        <p className="label">{t(name)}</p>
        <div className="seg" role="group" aria-label={t(name)}>
          <button type="button" aria-pressed={!differs} onClick={() => onChange(undefined)}>
            {t("event.usual")}
          </button>
          <button type="button" aria-pressed={differs} onClick={() => differs || onChange(usual)}>
            {t("event.differ")}
          </button>
        </div>
      </div>
      {!differs && <Usual value={usual} />}
      {typeof here === "string" &&
        (name === "about" ? (
          <TextAreaField
            label={t(name)}
            rows={4}
            maxLength={LONGEST_ABOUT}
            value={here}
            error={error}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <TextField
            label={t(name)}
            maxLength={LONGEST_HEADLINE}
            value={here}
            error={error}
            onChange={(event) => onChange(event.target.value)}
          />
        ))}
      {Array.isArray(here) && <TagField label={t(name)} tags={here} error={error} onChange={onChange} />}
    </div>
  );
}

function Usual({ value }: { value: string | string[] }) {
  if (typeof value === "string") return value ? <p className="muted about">{value}</p> : <p className="muted">–</p>;
  if (value.length === 0) return <p className="muted">–</p>;
  return (
    <div className="tags">
      {value.map((tag) => (
        <span className="chip tag" key={tag}>
          {tag}
        </span>
      ))}
    </div>
  );
}
