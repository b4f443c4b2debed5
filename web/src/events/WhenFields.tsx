import { useOrganizeText } from "../organize/text.ts";
import { Field, SelectField, TextField } from "../platform/components/index.ts";
import { zoneCity, zoneNames } from "../platform/time/zones.ts";
import type { FieldsProps } from "./EventPageEditor.tsx";
import { suggestSlug } from "./eventForm.ts";
import { addMinutes, parseWallClock, resolveWallClock } from "./wallClock.ts";

/** From when to when, on which clock. Moving the start moves the end along, as the agenda does. */
export function WhenFields({ event, form, set, errorOf }: FieldsProps) {
  const { t } = useOrganizeText();
  const moved = form.startsAtLocal !== "" && event.sessions.length > 0;

  const moveStart = (startsAtLocal: string) => {
    const from = parseWallClock(form.startsAtLocal);
    const to = parseWallClock(startsAtLocal);
    const shift = from !== null && to !== null ? (to - from) / 60_000 : 0;
    set({ startsAtLocal, endsAtLocal: addMinutes(form.endsAtLocal, shift) });
  };
  const hintOf = (text: string) => {
    const kind = resolveWallClock(text, form.timeZone)?.kind;
    if (kind === "gap") return t("page.gap", { zone: zoneCity(form.timeZone) });
    return kind === "repeated" ? t("page.repeated", { zone: zoneCity(form.timeZone) }) : undefined;
  };

  return (
    <div className="stack form-stack">
      <TextField
        label={t("page.starts")}
        type="datetime-local"
        value={form.startsAtLocal}
        hint={hintOf(form.startsAtLocal) ?? (moved ? t("page.moves", { count: event.sessions.length }) : undefined)}
        error={errorOf("startsAtLocal")}
        onChange={(change) => moveStart(change.target.value)}
      />
      <TextField
        label={t("page.ends")}
        type="datetime-local"
        value={form.endsAtLocal}
        min={form.startsAtLocal}
        hint={hintOf(form.endsAtLocal)}
        error={errorOf("endsAtLocal")}
        onChange={(change) => set({ endsAtLocal: change.target.value })}
      />
      <SelectField
        label={t("page.zone")}
        hint={t("page.zoneHint")}
        value={form.timeZone}
        error={errorOf("timeZone")}
        onChange={(change) => set({ timeZone: change.target.value })}
      >
        {zoneNames(form.timeZone).map((name) => (
          <option value={name} key={name}>
            {name.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

/** The page's address, with what stands before it. */
export function AddressField({ event, form, set, errorOf }: FieldsProps) {
  const { t } = useOrganizeText();
  return (
    <Field
      label={t("page.slug")}
      hint={form.slug === event.slug ? undefined : t("page.slugHint")}
      error={errorOf("slug")}
      className="address"
    >
      {(control) => (
        <div className="address-input">
          <span className="small muted" aria-hidden="true">
            {location.host}/e/
          </span>
          <input
            {...control}
            className="input"
            value={form.slug}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(change) => set({ slug: change.target.value })}
            onBlur={() => set({ slug: suggestSlug(form.slug) || form.slug })}
          />
        </div>
      )}
    </Field>
  );
}
