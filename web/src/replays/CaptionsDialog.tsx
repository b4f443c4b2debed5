import { type FormEvent, useRef, useState } from "react";
import { type DeskReplayFragment, RemoveCaptionsDocument, ShiftCaptionsDocument } from "../gql/graphql.ts";
import { useAction } from "../organize/useAction.ts";
import {
  Button,
  buttonClass,
  Dialog,
  Field,
  FormError,
  Icon,
  TextField,
  useToast,
} from "../platform/components/index.ts";
import { useText } from "./text.ts";

const STEP_S = 0.5;

interface CaptionsDialogProps {
  replay: DeskReplayFragment;
  onClose: () => void;
  onChange: () => void;
}

/** A replay's captions as whole languages: brought in, taken home, moved, removed. */
export function CaptionsDialog({ replay, onClose, onChange }: CaptionsDialogProps) {
  const { t } = useText();
  const toast = useToast();
  const [language, setLanguage] = useState("");
  const [refused, setRefused] = useState<string>();
  const file = useRef<HTMLInputElement>(null);
  const shift = useAction(ShiftCaptionsDocument);
  const remove = useAction(RemoveCaptionsDocument);
  const bring = async (event: FormEvent) => {
    event.preventDefault();
    const chosen = file.current?.files?.[0];
    if (!chosen || !language.trim()) return;
    setRefused(undefined);
    try {
      const answer = await fetch(`/recordings/${replay.id}/captions/${encodeURIComponent(language.trim())}`, {
        method: "PUT",
        headers: { "content-type": "text/vtt" },
        body: await chosen.text(),
      });
      const said = (await answer.json()) as { cues?: number; detail?: string };
      if (!answer.ok) throw new Error(said.detail ?? t("refused"));
      toast({ text: t("caption.added", { count: said.cues ?? 0 }) });
      onChange();
    } catch (error) {
      setRefused(error instanceof Error ? error.message : t("refused"));
    }
  };
  const refusal = shift.refusal ?? remove.refusal;
  return (
    <Dialog open onClose={onClose} title={t("caption.title")}>
      <div className="replays-form">
        <p className="small muted">{t("caption.text")}</p>
        {replay.captionTracks.length === 0 && <p className="small">{t("caption.none")}</p>}
        <ul className="replays-tracks" aria-label={t("caption.there")}>
          {replay.captionTracks.map((track) => (
            <li key={track.language} className="row">
              <span className="grow" lang={track.language}>
                {track.name}
              </span>
              <Button
                variant="ghost"
                size="sm"
                icon
                aria-label={t("caption.earlier", { language: track.name })}
                onClick={() => void shift.run({ replay: replay.id, language: track.language, seconds: -STEP_S })}
              >
                <Icon name="left" />
              </Button>
              <Button
                variant="ghost"
                size="sm"
                icon
                aria-label={t("caption.later", { language: track.name })}
                onClick={() => void shift.run({ replay: replay.id, language: track.language, seconds: STEP_S })}
              >
                <Icon name="right" />
              </Button>
              <a
                className={buttonClass({ variant: "ghost", size: "sm", icon: true })}
                href={track.url}
                download={`${replay.title}.${track.language}.vtt`}
                aria-label={t("downloadCaptions", { language: track.name })}
              >
                <Icon name="dl" />
              </a>
              <Button
                variant="ghost"
                size="sm"
                icon
                aria-label={t("caption.remove", { language: track.name })}
                onClick={async () => {
                  if (await remove.run({ replay: replay.id, language: track.language })) onChange();
                }}
              >
                <Icon name="x" />
              </Button>
            </li>
          ))}
        </ul>
        {refusal && <FormError>{refusal.message}</FormError>}
        <form className="replays-form" onSubmit={bring}>
          <TextField
            label={t("caption.language")}
            hint={t("caption.languageHint")}
            value={language}
            maxLength={35}
            onChange={(event) => setLanguage(event.target.value)}
          />
          <Field label={t("caption.file")}>
            {(control) => <input {...control} ref={file} type="file" className="input" accept=".vtt,.srt,text/vtt" />}
          </Field>
          {refused && <FormError>{refused}</FormError>}
          <div className="row">
            <Button variant="primary" type="submit">
              {t("caption.add")}
            </Button>
            <Button variant="ghost" onClick={onClose}>
              {t("cancel")}
            </Button>
          </div>
        </form>
      </div>
    </Dialog>
  );
}
