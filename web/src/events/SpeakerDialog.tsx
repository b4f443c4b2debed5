import { type ReactNode, useState } from "react";
import { RemoveSpeakerDocument, SaveSpeakerDocument } from "../gql/graphql.ts";
import { ConfirmDialog } from "../organize/ConfirmDialog.tsx";
import type { DeskPageProps, DeskSpeaker } from "../organize/desk.ts";
import { EditDialog } from "../organize/EditDialog.tsx";
import { focusFirstInvalid } from "../organize/forms.ts";
import { useOrganizeText } from "../organize/text.ts";
import { fieldError, formError, useAction } from "../organize/useAction.ts";
import { Avatar, FormError, TextAreaField, TextField, useToast } from "../platform/components/index.ts";
import { checkSpeaker, type FieldErrors, LIMITS } from "./eventForm.ts";
import { PictureUpload } from "./PictureUpload.tsx";
import { portraits } from "./portraits.ts";
import "./editor.css";

interface SpeakerDialogProps extends DeskPageProps {
  /** Undefined: a new one. */
  speaker: DeskSpeaker | undefined;
  onClose: () => void;
}

/** Who somebody on the programme is: words, address and picture. */
export function SpeakerDialog({ event, speaker, onClose }: SpeakerDialogProps) {
  const { t } = useOrganizeText();
  const toast = useToast();
  const [form, setForm] = useState({
    name: speaker?.name ?? "",
    headline: speaker?.headline ?? "",
    bio: speaker?.bio ?? "",
    email: speaker?.email ?? "",
  });
  const [picture, setPicture] = useState({
    portrait: speaker?.portrait ?? "",
    photoUrl: speaker?.photoUrl ?? "",
    /** Undefined: as it was; empty: removed. */
    photoFile: undefined as string | undefined,
  });
  const [errors, setErrors] = useState<FieldErrors<"name" | "email">>({});
  const [removing, setRemoving] = useState(false);
  const save = useAction(SaveSpeakerDocument);
  const remove = useAction(RemoveSpeakerDocument);

  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const draw = (portrait: string) =>
    setPicture({ portrait, photoUrl: "", ...(speaker?.photoUrl ? { photoFile: "" } : { photoFile: undefined }) });

  const submit = async (filled: HTMLFormElement) => {
    const found = checkSpeaker(form);
    setErrors(found);
    if (Object.keys(found).length > 0) return focusFirstInvalid(filled);
    if (save.pending) return;
    const saved = await save.run({
      input: {
        ...(speaker && { id: speaker.id }),
        event: event.id,
        name: form.name.trim(),
        headline: form.headline.trim(),
        bio: form.bio,
        email: form.email.trim(),
        portrait: picture.portrait,
        ...(picture.photoFile !== undefined && { photoFile: picture.photoFile }),
      },
    });
    if (!saved) return;
    toast({ text: t("speakers.saved", { name: saved.saveSpeaker.name }) });
    onClose();
  };

  const confirmRemoval = async () => {
    if (!speaker || !(await remove.run({ id: speaker.id }))) return;
    toast({ text: t("speakers.removed", { name: speaker.name }) });
    onClose();
  };

  const own = (field: "name" | "email") => errors[field] && t(`errors.${errors[field] as "nameMissing"}`);
  const general = formError(save.refusal, ["name", "headline", "bio", "email"]);

  return (
    <>
      <EditDialog
        title={speaker ? t("speakers.editTitle") : t("speakers.add")}
        wide
        open={!removing}
        pending={save.pending}
        onSubmit={submit}
        onRemove={speaker && (() => setRemoving(true))}
        onClose={onClose}
      >
        <div className="speaker-form">
          <div className="stack form-stack">
            <TextField
              label={t("speakers.name")}
              value={form.name}
              autoComplete="off"
              error={fieldError(own("name"), save.refusal, "name")}
              onChange={(change) => set({ name: change.target.value })}
            />
            <TextField
              label={t("speakers.headline")}
              hint={t("speakers.headlineHint")}
              value={form.headline}
              maxLength={LIMITS.headline}
              autoComplete="off"
              error={fieldError(undefined, save.refusal, "headline")}
              onChange={(change) => set({ headline: change.target.value })}
            />
            <TextField
              label={t("speakers.email")}
              hint={t("speakers.emailHint")}
              type="email"
              value={form.email}
              autoComplete="off"
              error={fieldError(own("email"), save.refusal, "email")}
              onChange={(change) => set({ email: change.target.value })}
            />
          </div>
          <fieldset className="speaker-picture">
            <legend className="choice-legend">{t("speakers.picture")}</legend>
            <div className="row">
              <Avatar
                name={form.name || "?"}
                photoUrl={picture.photoUrl || null}
                portrait={picture.portrait}
                size="xl"
              />
              <PictureUpload
                label={t("speakers.uploadPhoto")}
                onUploaded={({ id, url }) => setPicture({ portrait: "", photoUrl: url, photoFile: id })}
              />
            </div>
            <div className="portraits">
              <Choice
                label={t("speakers.initials")}
                checked={!picture.photoUrl && !picture.portrait}
                onChoose={() => draw("")}
              >
                <Avatar name={form.name || "?"} size="md" />
              </Choice>
              {portraits.map((key) => (
                <Choice
                  key={key}
                  label={t("speakers.portraitNamed", { name: key })}
                  checked={!picture.photoUrl && picture.portrait === key}
                  onChoose={() => draw(key)}
                >
                  <Avatar name={key} portrait={key} size="md" />
                </Choice>
              ))}
            </div>
          </fieldset>
        </div>
        <TextAreaField
          label={t("speakers.bio")}
          rows={4}
          value={form.bio}
          maxLength={LIMITS.bio}
          error={fieldError(undefined, save.refusal, "bio")}
          onChange={(change) => set({ bio: change.target.value })}
        />
        {general && <FormError>{general}</FormError>}
      </EditDialog>
      {speaker && (
        <ConfirmDialog
          open={removing}
          title={t("speakers.removeTitle", { name: speaker.name })}
          action={t("remove")}
          danger
          pending={remove.pending}
          refusal={remove.refusal}
          onConfirm={() => void confirmRemoval()}
          onClose={() => setRemoving(false)}
        >
          {t("speakers.removeText", { count: speaker.sessions.length })}
        </ConfirmDialog>
      )}
    </>
  );
}

interface ChoiceProps {
  label: string;
  checked: boolean;
  onChoose: () => void;
  children: ReactNode;
}

function Choice({ label, checked, onChoose, children }: ChoiceProps) {
  return (
    <label className="portrait">
      <input type="radio" name="portrait" className="sr" aria-label={label} checked={checked} onChange={onChoose} />
      {children}
    </label>
  );
}
