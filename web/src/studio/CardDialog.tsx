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
  /** Videos that may run behind the words. */
  clips: readonly { id: string; title: string; url: string }[];
  onClose: () => void;
}

/** The card in the picture's place: before, between and after; with a video behind it when one is chosen. */
export function CardDialog({ open, plan, direct, clips, onClose }: CardDialogProps) {
  const { t } = useText();
  const [kind, setKind] = useState<CardKind>("break");
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const [clip, setClip] = useState("");
  useEffect(() => {
    if (!open) return;
    setKind(plan.card?.kind ?? "break");
    setTitle(plan.card?.title ?? "");
    setText(plan.card?.text ?? "");
    setClip(plan.card?.clip ?? "");
  }, [open, plan.card]);
  const show = () => {
    direct.card({
      kind,
      title: title.trim() || t(`card.words.${kind}`),
      text: text.trim() || undefined,
      clip: clip || undefined,
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
        {clips.length > 0 && (
          <SelectField label={t("card.behind")} value={clip} onChange={(event) => setClip(event.target.value)}>
            <option value="">{t("card.nothing")}</option>
            {clips.map(({ id, title: name, url }) => (
              <option key={id} value={url}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
