import { useState } from "react";
import { useOrganizeText } from "../organize/text.ts";
import { Field, TextField } from "../platform/components/index.ts";
import type { FieldsProps } from "./EventPageEditor.tsx";

/** Name, tagline, and the description with a view of how it reads. */
export function WordFields({ event, form, set, errorOf }: FieldsProps) {
  const { t } = useOrganizeText();
  const [preview, setPreview] = useState(false);
  return (
    <div className="stack form-stack">
      <TextField
        label={t("page.name")}
        value={form.name}
        error={errorOf("name")}
        autoComplete="off"
        onChange={(change) => set({ name: change.target.value })}
      />
      <TextField
        label={t("page.tagline")}
        hint={t("page.taglineHint")}
        value={form.tagline}
        error={errorOf("tagline")}
        autoComplete="off"
        onChange={(change) => set({ tagline: change.target.value })}
      />
      <div className="description">
        <div className="seg" role="group" aria-label={t("page.descriptionView")}>
          <button type="button" aria-pressed={!preview} onClick={() => setPreview(false)}>
            {t("page.write")}
          </button>
          <button type="button" aria-pressed={preview} onClick={() => setPreview(true)}>
            {t("page.preview")}
          </button>
        </div>
        {preview ? (
          <section className="description-preview" aria-label={t("page.preview")}>
            <p className="tiny muted" role="status">
              {form.description === event.description ? t("page.previewSaved") : t("page.previewStale")}
            </p>
            {event.descriptionHtml ? (
              <div
                className="description-html"
                // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered and sanitised by the server
                dangerouslySetInnerHTML={{ __html: event.descriptionHtml }}
              />
            ) : (
              <p className="muted">{t("page.previewEmpty")}</p>
            )}
          </section>
        ) : (
          <Field label={t("page.description")} hint={t("page.descriptionHint")} error={errorOf("description")}>
            {(control) => (
              <textarea
                {...control}
                className="input"
                rows={16}
                value={form.description}
                onChange={(change) => set({ description: change.target.value })}
              />
            )}
          </Field>
        )}
      </div>
    </div>
  );
}
