import { speak, useLanguage } from "../i18n/i18n.ts";
import { type Language, languages } from "../i18n/language.ts";
import { usePlatformText } from "../text.ts";
import { Icon } from "./Icon.tsx";

/** In which language everything is shown, remembered in this browser. */
export function LanguagePicker() {
  const { t } = usePlatformText();
  const language = useLanguage();
  return (
    <span className="btn quiet sm zone">
      <Icon name="globe" size="sm" />
      {languages[language]}
      <Icon name="down" size="sm" />
      <select
        aria-label={t("language")}
        value={language}
        onChange={(event) => void speak(event.target.value as Language)}
      >
        {Object.entries(languages).map(([code, name]) => (
          <option value={code} key={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
