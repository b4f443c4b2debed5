import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { datePresets } from "../events/datePresets.ts";
import { checkNewEvent, type FieldErrors } from "../events/eventForm.ts";
import { dayOf, resolveWallClock, toWallClock } from "../events/wallClock.ts";
import { CreateEventDocument, CreateOrganizationDocument, type TemplateGalleryQuery } from "../gql/graphql.ts";
import { focusFirstInvalid } from "../organize/forms.ts";
import { fieldError, formError, useAction } from "../organize/useAction.ts";
import { Button, FormError, Icon, SelectField, TextField } from "../platform/components/index.ts";
import { formatDate, formatTime } from "../platform/time/format.ts";
import { deviceZone, zoneCity, zoneLabel, zoneNames } from "../platform/time/zones.ts";
import type { GalleryTemplate, TemplateContent } from "./gallery.ts";
import { useTemplatesText } from "./text.ts";

type Memberships = NonNullable<TemplateGalleryQuery["viewer"]>["memberships"];

/** The server's names of what this form shows, so that its refusals land at the right field. */
const serverFields = ["name", "date", "timeZone", "organization"] as const;

interface NewEventFormProps {
  template: GalleryTemplate;
  /** Its sessions, of which the first says when the event begins; none while they are on their way. */
  opening: TemplateContent["sessions"];
  /** Organizations in which the viewer makes events; of a template of one of them, that one counts. */
  memberships: Memberships;
  onBack: () => void;
  onCreated: (id: string) => void;
}

/** The one step between a template and an event: a name, a day, a zone. */
export function NewEventForm({ template, opening: sessions, memberships, onBack, onCreated }: NewEventFormProps) {
  const { t } = useTemplatesText();
  const own = template.organization?.id;
  const hosts = own ? memberships.filter(({ organization }) => organization.id === own) : memberships;
  const [organization, setOrganization] = useState(hosts[0]?.organization.id ?? "");
  const [newOrganization, setNewOrganization] = useState("");
  const [zone, setZone] = useState(deviceZone);
  const presets = useMemo(() => datePresets(Date.now(), zone), [zone]);
  const [form, setForm] = useState({ name: "", date: presets[1]?.day ?? "" });
  const [errors, setErrors] = useState<FieldErrors<"name" | "date" | "timeZone" | "organization">>({});
  const [organizationMade, setOrganizationMade] = useState<string>();
  const makeOrganization = useAction(CreateOrganizationDocument, "Organization");
  const createEvent = useAction(CreateEventDocument, "Organization");
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => heading.current?.focus(), []);

  const pending = makeOrganization.pending || createEvent.pending;
  const refusal = createEvent.refusal;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const found: typeof errors = checkNewEvent({ ...form, timeZone: zone }, dayOf(toWallClock(Date.now(), zone)));
    if (!organization && !newOrganization.trim()) found.organization = "organizationMissing";
    setErrors(found);
    if (Object.keys(found).length > 0) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    // A second try after a refused event must not make the organization twice.
    let owner = organization || organizationMade;
    if (!owner) {
      owner = (await makeOrganization.run({ name: newOrganization.trim() }))?.createOrganization.id;
      if (!owner) return;
      setOrganizationMade(owner);
    }
    const made = await createEvent.run({
      input: { organization: owner, template: template.key, name: form.name.trim(), date: form.date, timeZone: zone },
    });
    if (made) onCreated(made.createEvent.id);
  };

  const say = (key: string | undefined) => (key ? t(`errors.${key as "nameMissing"}`) : undefined);
  const opening = sessions.filter(({ day }) => day === 0).sort((a, b) => a.start.localeCompare(b.start))[0];
  const start = opening ? resolveWallClock(`${form.date}T${opening.start}`, zone) : null;

  return (
    <form className="new-event" onSubmit={(event) => void submit(event)} noValidate>
      <div>
        <button type="button" className="btn ghost sm back" onClick={onBack}>
          <Icon name="left" size="sm" />
          {t("form.other")}
        </button>
        <h2 className="h3" tabIndex={-1} ref={heading}>
          {t("form.title")}
        </h2>
        <p className="small muted">{template.name}</p>
      </div>
      {hosts.length === 0 ? (
        <TextField
          label={t("form.newOrganization")}
          hint={t("form.newOrganizationHint")}
          error={say(errors.organization) ?? makeOrganization.refusal?.message}
          value={newOrganization}
          maxLength={120}
          autoComplete="organization"
          onChange={(event) => setNewOrganization(event.target.value)}
        />
      ) : (
        hosts.length > 1 && (
          <SelectField
            label={t("form.organization")}
            error={fieldError(undefined, refusal, "organization")}
            value={organization}
            onChange={(event) => setOrganization(event.target.value)}
          >
            {hosts.map(({ organization: { id, name } }) => (
              <option value={id} key={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )
      )}
      <TextField
        label={t("form.name")}
        hint={t("form.nameHint")}
        placeholder={t("form.namePlaceholder")}
        error={fieldError(say(errors.name), refusal, "name")}
        value={form.name}
        autoComplete="off"
        onChange={(event) => setForm({ ...form, name: event.target.value })}
      />
      <div className="stack">
        <TextField
          label={t("form.date")}
          type="date"
          error={fieldError(say(errors.date), refusal, "date")}
          value={form.date}
          onChange={(event) => setForm({ ...form, date: event.target.value })}
        />
        <div className="date-presets" role="group" aria-label={t("form.preset.label")}>
          {presets.map(({ key, day }) => (
            <button
              type="button"
              className="chip"
              key={key}
              aria-pressed={form.date === day}
              onClick={() => setForm({ ...form, date: day })}
            >
              {t(`form.preset.${key}`)}
            </button>
          ))}
        </div>
      </div>
      <SelectField
        label={t("form.zone")}
        hint={t("form.zoneHint")}
        error={fieldError(say(errors.timeZone), refusal, "timeZone")}
        value={zone}
        onChange={(event) => setZone(event.target.value)}
      >
        {zoneNames(zone).map((name) => (
          <option value={name} key={name}>
            {name.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
      {start && (
        <p className="small muted row">
          <Icon name="cal" size="sm" />
          {t("form.starts", {
            day: formatDate(start.instant, zone),
            time: formatTime(start.instant, zone),
            zone: zoneLabel(zone, new Date(start.instant)) || zoneCity(zone),
          })}
        </p>
      )}
      <div className="template-foot">
        {formError(refusal, serverFields) && <FormError>{formError(refusal, serverFields)}</FormError>}
        <Button type="submit" variant="primary" size="lg" block pending={pending}>
          {pending ? t("form.creating") : t("form.create")}
        </Button>
        <p className="tiny muted">{t("form.draft")}</p>
      </div>
    </form>
  );
}
