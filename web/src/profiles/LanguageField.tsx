import { useRef } from "react";
import { Field } from "../platform/components/Field.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { MOST_TAGS } from "./draft.ts";
import { languageName, languagesLeft } from "./languages.ts";
import { useText } from "./text.ts";

interface LanguageFieldProps {
  languages: readonly string[];
  error?: string | undefined;
  onChange: (languages: string[]) => void;
}

/** Languages, in the order in which they were chosen. */
export function LanguageField({ languages, error, onChange }: LanguageFieldProps) {
  const { t } = useText();
  const list = useRef<HTMLSelectElement>(null);
  return (
    <Field label={t("languages")} hint={t("languagesHint")} error={error}>
      {(control) => (
        <div className="tagfield">
          {languages.length > 0 && (
            <ul className="tags" aria-label={t("languages")}>
              {languages.map((code) => (
                <li key={code}>
                  <button
                    type="button"
                    className="chip tag"
                    aria-label={t("remove", { tag: languageName(code) })}
                    onClick={() => {
                      onChange(languages.filter((other) => other !== code));
                      list.current?.focus();
                    }}
                  >
                    {languageName(code)}
                    <Icon name="x" size="sm" />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <select
            {...control}
            ref={list}
            className="input"
            value=""
            disabled={languages.length >= MOST_TAGS}
            onChange={(event) => event.target.value && onChange([...languages, event.target.value])}
          >
            <option value="">{t("addLanguage")}</option>
            {languagesLeft(languages).map(({ code, name }) => (
              <option value={code} key={code}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}
