import { useEffect, useState } from "react";
import { Button, Dialog, Icon } from "../platform/components/index.ts";
import { canRecognise, SpeechCaptioner, type SpeechState } from "./speech.ts";
import { useText } from "./text.ts";

interface SpeechCaptionsProps {
  /** The stage, not its backstage. */
  room: string;
  speaker: string;
  /** The person is on a stage that is live, and not muted: otherwise nothing is listened to. */
  heard: boolean;
}

/** A speaker's own captions: off until they agree to what their browser does with the sound. Nothing where the browser cannot. */
export function SpeechCaptions({ room, speaker, heard }: SpeechCaptionsProps) {
  const { t } = useText();
  const [asked, setAsked] = useState(false);
  const [agreed, setAgreed] = useState(false);
  const [language, setLanguage] = useState(() => navigator.language);
  const [state, setState] = useState<SpeechState>({ is: "off" });
  useEffect(() => {
    if (!agreed || !heard) return;
    const captioner = new SpeechCaptioner({ room, language, speaker, onState: setState });
    return () => captioner.stop();
  }, [agreed, heard, room, language, speaker]);
  if (!canRecognise()) return null;
  const said = agreed ? words() : "";

  function words(): string {
    if (!heard) return t("speech.waiting");
    if (state.is === "denied") return t("speech.denied");
    return state.is === "failed" ? t("speech.failed", { reason: state.reason }) : t("speech.listening");
  }

  return (
    <>
      <button
        type="button"
        className="tool"
        aria-pressed={agreed}
        title={said}
        onClick={() => (agreed ? setAgreed(false) : setAsked(true))}
      >
        <Icon name="cc" />
        {agreed ? t("speech.off") : t("speech.on")}
      </button>
      <span className="sr" role="status">
        {said}
      </span>
      <Dialog
        open={asked}
        onClose={() => setAsked(false)}
        title={t("speech.title")}
        actions={
          <>
            <Button variant="ghost" onClick={() => setAsked(false)}>
              {t("speech.not")}
            </Button>
            <Button
              variant="primary"
              onClick={() => {
                setAsked(false);
                setAgreed(true);
              }}
            >
              {t("speech.agree")}
            </Button>
          </>
        }
      >
        <p>{t("speech.consent")}</p>
        <label className="field">
          <span>{t("speech.language")}</span>
          <select className="input" value={language} onChange={(event) => setLanguage(event.target.value)}>
            {spoken().map((tag) => (
              <option key={tag} value={tag}>
                {new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag}
              </option>
            ))}
          </select>
        </label>
      </Dialog>
    </>
  );
}

/** Languages to offer: the person's own first, then those most browsers recognise. */
function spoken(): string[] {
  return [
    ...new Set([
      ...navigator.languages,
      "en-US",
      "en-GB",
      "de-DE",
      "fr-FR",
      "es-ES",
      "pt-BR",
      "it-IT",
      "nl-NL",
      "pl-PL",
      "ja-JP",
    ]),
  ];
}
