import { type FormEvent, useState } from "react";
import { type DeskReplayFragment, ScheduleSimuliveDocument } from "../gql/graphql.ts";
import { type DeskEvent, stagesOf } from "../organize/desk.ts";
import { fieldError, formError, useAction } from "../organize/useAction.ts";
import { Button, Dialog, FormError, SelectField, TextField } from "../platform/components/index.ts";
import { formatDate, formatTime } from "../platform/time/format.ts";
import { zoneLabel } from "../platform/time/zones.ts";
import { useText } from "./text.ts";

const FIELDS = ["startsAtLocal", "session", "room"] as const;
const NOW = "";
const OWN = "own";

interface SimuliveDialogProps {
  replay: DeskReplayFragment;
  event: DeskEvent;
  onClose: () => void;
}

/** Plans a recording to be played on a stage as if it were live. */
export function SimuliveDialog({ replay, event, onClose }: SimuliveDialogProps) {
  const { t } = useText();
  const stages = stagesOf(event);
  const [room, setRoom] = useState(stages.find((stage) => stage.id === replay.room.id)?.id ?? stages[0]?.id ?? "");
  const sessions = event.sessions.filter((one) => one.room.id === room && Date.parse(one.startsAt) > Date.now());
  const [when, setWhen] = useState(NOW);
  const [time, setTime] = useState("");
  const schedule = useAction(ScheduleSimuliveDocument);
  const chosen = sessions.find((one) => one.id === when);
  const plan = async (submit: FormEvent) => {
    submit.preventDefault();
    const input = chosen ? { session: chosen.id } : when === OWN ? { startsAtLocal: time } : {};
    if (await schedule.run({ input: { room, recording: replay.id, ...input } })) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t("simulive.title")}>
      <form className="replays-form" onSubmit={plan}>
        <p className="small muted">{t("simulive.text")}</p>
        {stages.length === 0 && <p className="small">{t("simulive.noStage")}</p>}
        <SelectField
          label={t("simulive.room")}
          value={room}
          error={fieldError(undefined, schedule.refusal, "room")}
          onChange={(change) => setRoom(change.target.value)}
        >
          {stages.map((stage) => (
            <option key={stage.id} value={stage.id}>
              {stage.name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("simulive.when")}
          value={chosen || when === OWN ? when : NOW}
          error={fieldError(undefined, schedule.refusal, "session")}
          onChange={(change) => setWhen(change.target.value)}
        >
          <option value={NOW}>{t("simulive.atOnce")}</option>
          <option value={OWN}>{t("simulive.atTime")}</option>
          {sessions.map((one) => (
            <option key={one.id} value={one.id}>
              {t("simulive.atSession", {
                session: one.title,
                time: `${formatDate(one.startsAt, event.timeZone)}, ${formatTime(one.startsAt, event.timeZone)}`,
              })}
            </option>
          ))}
        </SelectField>
        {when === OWN && (
          <TextField
            label={t("simulive.time", { zone: zoneLabel(event.timeZone, new Date()) })}
            type="datetime-local"
            required
            value={time}
            error={fieldError(undefined, schedule.refusal, "startsAtLocal")}
            onChange={(change) => setTime(change.target.value)}
          />
        )}
        {formError(schedule.refusal, FIELDS) && <FormError>{formError(schedule.refusal, FIELDS)}</FormError>}
        <div className="row">
          <Button variant="primary" type="submit" disabled={schedule.pending || !room}>
            {t("simulive.plan")}
          </Button>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
