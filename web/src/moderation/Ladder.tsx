import { useState } from "react";
import { type RestrictionKind, RestrictPersonDocument } from "../gql/graphql.ts";
import { Button, SelectField, TextField } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import { useText } from "./text.ts";
import { useAct } from "./useAct.ts";

const MINUTES: Record<RestrictionKind, readonly (number | undefined)[]> = {
  MUTE: [10, 60, 24 * 60, undefined],
  TIME_OUT: [5, 10, 60, 24 * 60],
  REMOVAL: [60, 24 * 60, undefined],
  BAN: [undefined],
};
const LONGEST_REASON = 280;

interface LadderProps {
  event: string;
  person: { id: string; name: string };
  /** From which room they can be removed; without one there is no such step. */
  room?: string | undefined;
  onDone?: (() => void) | undefined;
}

/** What can be decided about a person, mildest first: choose a step, say for how long and why, confirm. */
export function Ladder({ event, person, room, onDone }: LadderProps) {
  const { t } = useText();
  const [kind, setKind] = useState<RestrictionKind>();
  const [minutes, setMinutes] = useState<number>();
  const [reason, setReason] = useState("");
  const { run, pending } = useAct(onDone);
  const steps = (Object.keys(MINUTES) as RestrictionKind[]).filter((step) => step !== "REMOVAL" || room);
  const choose = (step: RestrictionKind) => {
    setKind(step);
    setMinutes(MINUTES[step][0]);
  };
  const restrict = async () => {
    if (!kind) return;
    const variables = { event, person: person.id, kind, reason: reason.trim(), minutes: minutes ?? null };
    const done = await run(() =>
      send(RestrictPersonDocument, { ...variables, room: kind === "REMOVAL" ? (room ?? null) : null }),
    );
    if (done) {
      setKind(undefined);
      setReason("");
    }
  };
  return (
    <form
      className="stack"
      onSubmit={(submit) => {
        submit.preventDefault();
        void restrict();
      }}
    >
      <div className="ladder" role="group" aria-label={t("thisPerson")}>
        {steps.map((step) => (
          <button type="button" key={step} aria-pressed={kind === step} onClick={() => choose(step)}>
            {t(`do.${step}`)}
            <small>{t(`does.${step}`)}</small>
          </button>
        ))}
      </div>
      {kind && (
        <>
          {MINUTES[kind].length > 1 && (
            <SelectField
              label={t("minutes")}
              value={minutes ?? 0}
              onChange={(change) => setMinutes(Number(change.target.value) || undefined)}
            >
              {MINUTES[kind].map((one) => (
                <option key={one ?? 0} value={one ?? 0}>
                  {one === undefined
                    ? t("forGood")
                    : one === 60
                      ? t("forHour")
                      : one === 24 * 60
                        ? t("forDay")
                        : t("forMinutes", { count: one })}
                </option>
              ))}
            </SelectField>
          )}
          <TextField
            label={t("reason")}
            hint={t("reasonHint")}
            maxLength={LONGEST_REASON}
            autoComplete="off"
            value={reason}
            onChange={(change) => setReason(change.target.value)}
          />
          <Button type="submit" variant={kind === "MUTE" ? "primary" : "danger"} pending={pending}>
            {t(`confirm.${kind}`, { name: person.name })}
          </Button>
        </>
      )}
      <p className="tiny muted">{t("audit")}</p>
    </form>
  );
}
