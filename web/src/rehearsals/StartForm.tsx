import { useState } from "react";
import { StartRehearsalDocument } from "../gql/graphql.ts";
import type { DeskPageProps } from "../organize/desk.ts";
import { fieldError, formError, useAction } from "../organize/useAction.ts";
import { Button, FormError, Icon, SelectField, TextField } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { useText } from "./text.ts";

const LENGTHS = [10, 60, 120, 300, 600];

/** How many come and for how long. */
export function StartForm({ event, most, onStarted }: DeskPageProps & { most: number; onStarted: () => void }) {
  const { t } = useText();
  const [attendees, setAttendees] = useState(Math.min(200, most || 200));
  const [seconds, setSeconds] = useState(60);
  const start = useAction(StartRehearsalDocument);
  if (most === 0)
    return (
      <p className="card small muted rehearsal-card" role="note">
        {t("off")}
      </p>
    );
  return (
    <section className="card rehearsal-card" aria-labelledby="new-rehearsal">
      <h2 className="h4" id="new-rehearsal">
        {t("new")}
      </h2>
      <p className="small muted">{t("what")}</p>
      <form
        className="rehearsal-form"
        noValidate
        onSubmit={(submitted) => {
          submitted.preventDefault();
          void start.run({ event: event.id, attendees, seconds }).then((done) => done && onStarted());
        }}
      >
        <TextField
          label={t("attendees")}
          hint={t("most", { most: formatNumber(most) })}
          error={fieldError(undefined, start.refusal, "attendees")}
          type="number"
          inputMode="numeric"
          min={5}
          max={most}
          value={attendees}
          onChange={(e) => setAttendees(Math.trunc(Number(e.target.value)))}
        />
        <SelectField label={t("length")} value={seconds} onChange={(e) => setSeconds(Number(e.target.value))}>
          {LENGTHS.map((one) => (
            <option key={one} value={one}>
              {one < 60 ? t("seconds", { count: one }) : t("minutes", { count: one / 60 })}
            </option>
          ))}
        </SelectField>
        <Button variant="primary" type="submit" pending={start.pending}>
          <Icon name="rehearse" size="sm" />
          {t("start")}
        </Button>
      </form>
      {formError(start.refusal, ["attendees"]) && <FormError>{formError(start.refusal, ["attendees"])}</FormError>}
    </section>
  );
}
