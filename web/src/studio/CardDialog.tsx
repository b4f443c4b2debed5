import { useEffect, useState } from "react";
import { Button, Dialog, SelectField, TextAreaField, TextField } from "../platform/components/index.ts";
import type { CardKind, Plan } from "../stage/plan.ts";
import type { Director } from "./director.ts";
import { useText } from "./text.ts";

const KINDS: CardKind[] = ["starting", "break", "ended", "custom"];

interface CardDialogProps {
  open: boolean;
  plan: Plan;
  direct: Director;
  /** Videos that may run behind the words, and music that may play with them. */
  clips: readonly { id: string; name: string; url: string; video: boolean }[];
  onClose: () => void;
}

/** The card in the picture's place: before, between and after; with a video behind it when one is chosen. */
export function CardDialog({ open, plan, direct, clips, onClose }: CardDialogProps) {
  const { t } = useText();
  const [kind, setKind] = useState<CardKind>("break");
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const [clip, setClip] = useState("");
  const [music, setMusic] = useState("");
  useEffect(() => {
    if (!open) return;
    setKind(plan.card?.kind ?? "break");
    setTitle(plan.card?.title ?? "");
    setText(plan.card?.text ?? "");
    setClip(clips.find(({ url }) => url === plan.card?.clip)?.id ?? "");
    setMusic(clips.find(({ url }) => url === plan.card?.music)?.id ?? "");
  }, [open, plan.card, clips]);
  const show = () => {
    direct.card({
      kind,
      title: title.trim() || t(`card.words.${kind}`),
      text: text.trim() || undefined,
      clip: clip || undefined,
      music: music || undefined,
    });
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("card.title")}
      kind="sheet"
      actions={
        <>
          {plan.card && (
            <Button
              variant="quiet"
              onClick={() => {
                direct.card(undefined);
                onClose();
              }}
            >
              {t("card.takeDown")}
            </Button>
          )}
          <Button variant="primary" onClick={show}>
            {t("card.show")}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          show();
        }}
      >
        <p className="muted small">{t("card.text")}</p>
        <SelectField label={t("card.kind")} value={kind} onChange={(event) => setKind(event.target.value as CardKind)}>
          {KINDS.map((choice) => (
            <option key={choice} value={choice}>
              {t(`card.kinds.${choice}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t("card.heading")}
          value={title}
          maxLength={120}
          placeholder={t(`card.words.${kind}`)}
          onChange={(event) => setTitle(event.target.value)}
        />
        <TextAreaField
          label={t("card.line")}
          rows={2}
          maxLength={300}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Media label={t("card.behind")} value={clip} choices={clips.filter(({ video }) => video)} onChoose={setClip} />
        <Media label={t("card.music")} value={music} choices={clips} onChoose={setMusic} />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

interface MediaProps {
  label: string;
  value: string;
  choices: readonly { id: string; name: string }[];
  onChoose: (id: string) => void;
}

function Media({ label, value, choices, onChoose }: MediaProps) {
  const { t } = useText();
  if (choices.length === 0) return null;
  return (
    <SelectField label={label} value={value} onChange={(event) => onChoose(event.target.value)}>
      <option value="">{t("card.nothing")}</option>
      {choices.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
