import { useMemo, useState } from "react";
import { useLocation } from "wouter";
import { checkNewEvent, type FieldErrors } from "../events/eventForm.ts";
import { dayOf, toWallClock } from "../events/wallClock.ts";
import { CloneEventDocument, SaveTemplateDocument } from "../gql/graphql.ts";
import type { DeskPageProps } from "../organize/desk.ts";
import { EditDialog } from "../organize/EditDialog.tsx";
import { focusFirstInvalid } from "../organize/forms.ts";
import { fieldError, formError, useAction } from "../organize/useAction.ts";
import { FormError, TextField, useToast } from "../platform/components/index.ts";
import { formatDate } from "../platform/time/format.ts";
import { againDays } from "./gallery.ts";
import { useTemplatesText } from "./text.ts";
import "./templates.css";

interface AgainDialogProps extends DeskPageProps {
  onClose: () => void;
}

/** The same event once more, on another day. */
export function AgainDialog({ event, onClose }: AgainDialogProps) {
  const { t } = useTemplatesText();
  const toast = useToast();
  const [, navigate] = useLocation();
  const zone = event.timeZone;
  const days = useMemo(() => againDays(event.startsAt, zone, Date.now()), [event.startsAt, zone]);
  const [form, setForm] = useState({ name: event.name, date: days[1]?.day ?? "" });
  const [errors, setErrors] = useState<FieldErrors<"name" | "date" | "timeZone">>({});
  const clone = useAction(CloneEventDocument, "Organization");

  const submit = async (filled: HTMLFormElement) => {
    if (clone.pending) return;
    const found = checkNewEvent({ ...form, timeZone: zone }, dayOf(toWallClock(Date.now(), zone)));
    setErrors(found);
    if (Object.keys(found).length > 0) return focusFirstInvalid(filled);
    const made = await clone.run({ input: { event: event.id, name: form.name.trim(), date: form.date } });
    if (!made) return;
    toast({ text: t("again.done", { name: made.cloneEvent.name }) });
    onClose();
    navigate(`/organize/events/${made.cloneEvent.id}`);
  };
  const say = (key: string | undefined) => (key ? t(`errors.${key as "nameMissing"}`) : undefined);
  const general = formError(clone.refusal, ["name", "date"]);
  return (
    <EditDialog title={t("again.title")} pending={clone.pending} onSubmit={submit} onClose={onClose}>
      <p className="muted">{t("again.text")}</p>
      <TextField
        label={t("form.name")}
        value={form.name}
        autoComplete="off"
        error={fieldError(say(errors.name), clone.refusal, "name")}
        onChange={(change) => setForm({ ...form, name: change.target.value })}
      />
      <TextField
        label={t("form.date")}
        type="date"
        value={form.date}
        error={fieldError(say(errors.date), clone.refusal, "date")}
        onChange={(change) => setForm({ ...form, date: change.target.value })}
      />
      <div className="date-presets" role="group" aria-label={t("form.preset.label")}>
        {days.map(({ key, day }) => (
          <button
            type="button"
            className="chip"
            key={key}
            aria-pressed={form.date === day}
            onClick={() => setForm({ ...form, date: day })}
          >
            {t(`again.${key}`, { day: formatDate(`${day}T12:00:00Z`, "UTC") })}
          </button>
        ))}
      </div>
      {general && <FormError>{general}</FormError>}
    </EditDialog>
  );
}

/** Keeps an event as a template of its organization. */
export function SaveTemplateDialog({ event, onClose }: AgainDialogProps) {
  const { t } = useTemplatesText();
  const toast = useToast();
  const [, navigate] = useLocation();
  const [form, setForm] = useState({ name: event.name.slice(0, 60), tagline: "" });
  const [missing, setMissing] = useState(false);
  const save = useAction(SaveTemplateDocument, "Viewer");

  const submit = async (filled: HTMLFormElement) => {
    if (save.pending) return;
    setMissing(!form.name.trim());
    if (!form.name.trim()) return focusFirstInvalid(filled);
    const saved = await save.run({ input: { event: event.id, name: form.name.trim(), tagline: form.tagline.trim() } });
    if (!saved) return;
    toast({
      text: t("save.done", { name: saved.saveTemplate.name }),
      icon: "bookmark",
      action: { label: t("save.see"), run: () => navigate("/organize/new") },
    });
    onClose();
  };
  const general = formError(save.refusal, ["name", "tagline"]);
  return (
    <EditDialog title={t("save.title")} pending={save.pending} onSubmit={submit} onClose={onClose}>
      <p className="muted">{t("save.text", { organization: event.organization.name })}</p>
      <TextField
        label={t("save.name")}
        value={form.name}
        maxLength={60}
        autoComplete="off"
        error={fieldError(missing ? t("save.nameMissing") : undefined, save.refusal, "name")}
        onChange={(change) => setForm({ ...form, name: change.target.value })}
      />
      <TextField
        label={t("save.tagline")}
        hint={t("save.taglineHint")}
        value={form.tagline}
        maxLength={80}
        autoComplete="off"
        error={fieldError(undefined, save.refusal, "tagline")}
        onChange={(change) => setForm({ ...form, tagline: change.target.value })}
      />
      {general && <FormError>{general}</FormError>}
    </EditDialog>
  );
}
