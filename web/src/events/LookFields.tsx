import { useOrganizeText } from "../organize/text.ts";
import { Button, Field, Icon } from "../platform/components/index.ts";
import { coverArt } from "../platform/design/art.ts";
import { brand } from "../platform/design/brand.ts";
import type { FieldsProps } from "./EventPageEditor.tsx";
import { normaliseAccent } from "./eventForm.ts";
import { PictureUpload } from "./PictureUpload.tsx";

const swatches = [
  { key: "assembly", colour: "#0e6b54" },
  { key: "cobalt", colour: "#2f5bea" },
  { key: "saffron", colour: "#f2b705" },
  { key: "madder", colour: "#c2334d" },
  { key: "slate", colour: "#55606b" },
  { key: "plum", colour: "#7a3e8e" },
] as const;

const drawings = ["cover", "cover-clay", "cover-slate", "cover-gold"] as const;

function isDrawing(key: string): key is (typeof drawings)[number] {
  return drawings.some((drawing) => drawing === key);
}

/** The one colour an organizer sets, and the cover. */
export function LookFields(props: FieldsProps) {
  return (
    <div className="stack form-stack">
      <AccentField {...props} />
      <CoverField {...props} />
    </div>
  );
}

function AccentField({ form, set, errorOf }: FieldsProps) {
  const { t } = useOrganizeText();
  const accent = normaliseAccent(form.accent);
  return (
    <fieldset className="stack">
      <legend className="choice-legend">{t("page.accent")}</legend>
      <div className="swatches">
        {swatches.map(({ key, colour }) => (
          <label className="swatch" key={key} style={{ background: colour }}>
            <input
              type="radio"
              name="accent"
              className="sr"
              aria-label={t(`page.swatch.${key}`)}
              checked={accent === colour}
              onChange={() => set({ accent: colour })}
            />
            {accent === colour && <Icon name="check" size="sm" />}
          </label>
        ))}
      </div>
      <Field label={t("page.accentHex")} hint={t("page.accentHint")} error={errorOf("accent")}>
        {(control) => (
          <div className="row accent-row">
            <input
              {...control}
              className="input"
              value={form.accent}
              maxLength={7}
              autoComplete="off"
              spellCheck={false}
              onChange={(change) => set({ accent: change.target.value })}
              onBlur={() => accent && set({ accent })}
            />
            <span className="row" aria-hidden="true" {...brand(accent ?? undefined)}>
              <span className="btn primary sm">{t("page.sample")}</span>
              <span className="link small">{t("page.sampleLink")}</span>
            </span>
          </div>
        )}
      </Field>
    </fieldset>
  );
}

function CoverField({ form, set, errorOf }: FieldsProps) {
  const { t } = useOrganizeText();
  const error = errorOf("coverUrl") ?? errorOf("coverArt");
  // A drawing that only a template uses stays on offer.
  const shown = isDrawing(form.coverArt) ? drawings : [form.coverArt, ...drawings];
  return (
    <fieldset className="stack">
      <legend className="choice-legend">{t("page.cover")}</legend>
      <div className="cover-now">
        <img src={form.coverUrl || coverArt(form.coverArt)} alt="" width="480" height="270" />
      </div>
      <div className="covers">
        {shown.map((key) => (
          <label className="cover-choice" key={key}>
            <input
              type="radio"
              name="cover"
              className="sr"
              aria-label={isDrawing(key) ? t(`page.drawing.${key}`) : key}
              checked={!form.coverUrl && form.coverArt === key}
              onChange={() => set({ coverArt: key, coverUrl: "", coverFile: "" })}
            />
            <img src={coverArt(key)} alt="" width="120" height="75" />
          </label>
        ))}
      </div>
      <div className="row wrap">
        <PictureUpload
          label={t("page.upload")}
          hint={t("page.coverHint")}
          onUploaded={({ id, url }) => set({ coverUrl: url, coverFile: id })}
        />
        {form.coverUrl && (
          <Button variant="ghost" size="sm" onClick={() => set({ coverUrl: "", coverFile: "" })}>
            {t("page.removeUpload")}
          </Button>
        )}
      </div>
      {error && (
        <p className="picture-error" role="alert">
          <Icon name="warn" size="sm" />
          {error}
        </p>
      )}
    </fieldset>
  );
}
