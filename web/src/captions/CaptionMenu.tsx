import "./captions.css";
import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { Icon } from "../platform/components/index.ts";
import { type CaptionSize, changeCaptions, choose, nameOf, SIZES, useCaptionSettings } from "./settings.ts";
import { useText } from "./text.ts";

interface CaptionMenuProps {
  languages: readonly string[];
  /** As a tool of the room's bar, or as a button beside a player's others. */
  look: "tool" | "button";
}

/** Captions on and off, their language and size. */
export function CaptionMenu({ languages, look }: CaptionMenuProps) {
  const { t } = useText();
  const settings = useCaptionSettings();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };
  const leave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button opened
    <div className="caption-menu" onKeyDown={close} onBlur={leave}>
      <button
        type="button"
        ref={button}
        className={look === "tool" ? "tool" : "btn ghost icon"}
        aria-label={t("captions")}
        aria-expanded={open}
        aria-controls={id}
        data-on={settings.on}
        onClick={() => setOpen(!open)}
      >
        <Icon name="cc" />
        {look === "tool" && t("captions")}
      </button>
      {open && (
        <div className="caption-settings" id={id} role="group" aria-label={t("captions")}>
          <label className="check">
            <input
              type="checkbox"
              checked={settings.on}
              onChange={(event) => changeCaptions({ on: event.target.checked })}
            />
            {t("show")}
          </label>
          {languages.length === 0 ? (
            <p className="small muted">{t("none")}</p>
          ) : (
            <label>
              <span className="small muted">{t("language")}</span>
              <select
                className="input"
                value={choose(languages, settings.language)}
                onChange={(event) => changeCaptions({ language: event.target.value, on: true })}
              >
                {languages.map((language) => (
                  <option key={language} value={language} lang={language}>
                    {nameOf(language)}
                  </option>
                ))}
              </select>
            </label>
          )}
          <label>
            <span className="small muted">{t("size")}</span>
            <select
              className="input"
              value={settings.size}
              onChange={(event) => changeCaptions({ size: event.target.value as CaptionSize })}
            >
              {SIZES.map((size) => (
                <option key={size} value={size}>
                  {t(`sizes.${size}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
    </div>
  );
}
