import "./console.css";
import { useState } from "react";
import { useQuery } from "urql";
import { TicketsForPartyDocument } from "../gql/graphql.ts";
import { Button, Dialog, FormError, SelectField, TextField } from "../platform/components/index.ts";
import type { PartySettings } from "./party.ts";
import { useText } from "./text.ts";

const MINUTES = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15];
const ROUNDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const CHECK_IN = [30, 60, 120, 180, 300, 600];
const LONGEST_GROUP = 40;
const MODES = ["everyone", "groups", "tickets"] as const;

/** What the host may say before it starts. */
export interface StartSettings extends Omit<PartySettings, "mode"> {
  /** With tickets, whoever holds the one meets who holds the other. */
  mode: "everyone" | "groups" | "tickets";
  checkInSeconds: number;
  commonLanguage: boolean;
  notSameCompany: boolean;
  hostJoins: boolean;
}

const USUAL: StartSettings = {
  minutes: 5,
  rounds: 5,
  mode: "everyone",
  by: "shared",
  checkInSeconds: 120,
  commonLanguage: false,
  notSameCompany: false,
  hostJoins: false,
};

interface StartDialogProps {
  open: boolean;
  /** Slug. */
  event: string;
  pending: boolean;
  refusal: string | undefined;
  onStart: (settings: StartSettings) => void;
  onClose: () => void;
}

/** How long, how often, and who meets whom. */
export default function StartDialog({ open, event, pending, refusal, onStart, onClose }: StartDialogProps) {
  const { t } = useText();
  const [settings, setSettings] = useState(USUAL);
  const [groups, setGroups] = useState<[string, string]>(["", ""]);
  const change = (one: Partial<StartSettings>) => setSettings({ ...settings, ...one });
  const [{ data }] = useQuery({ query: TicketsForPartyDocument, variables: { event } });
  const tickets = [...new Set(data?.event?.ticketTypes.map(({ name }) => name))];
  const [held, setHeld] = useState<readonly (string | undefined)[]>([]);
  const chosen = [held[0] ?? tickets[0], held[1] ?? tickets[1]];
  const names = settings.mode === "tickets" ? chosen.map((name) => name ?? "") : groups.map((name) => name.trim());
  const fine =
    settings.mode === "everyone" || (names.every(Boolean) && names[0]?.toLowerCase() !== names[1]?.toLowerCase());
  const minutes = settings.rounds * (settings.minutes + 0.5) + settings.checkInSeconds / 60;
  const start = () => {
    if (fine) onStart({ ...settings, ...(settings.mode !== "everyone" && { groups: names }) });
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("start.title")}
      kind="sheet"
      actions={
        <Button variant="primary" disabled={!fine} pending={pending} onClick={start}>
          {t("start.start")}
        </Button>
      }
    >
      <form
        className="stack party-form"
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <p className="muted small">{t("start.text")}</p>
        <div className="two-cols">
          <SelectField
            label={t("start.rounds")}
            value={settings.rounds}
            onChange={(event) => change({ rounds: Number(event.target.value) })}
          >
            {ROUNDS.map((count) => (
              <option key={count} value={count}>
                {t("rounds", { count })}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t("start.minutes")}
            value={settings.minutes}
            onChange={(event) => change({ minutes: Number(event.target.value) })}
          >
            {MINUTES.map((count) => (
              <option key={count} value={count}>
                {t("minutes", { count })}
              </option>
            ))}
          </SelectField>
        </div>
        <fieldset>
          <legend className="label">{t("start.who")}</legend>
          <div className="choices">
            {MODES.filter((mode) => mode !== "tickets" || tickets.length > 1).map((mode) => (
              <label key={mode} className="choice">
                <span className="check">
                  <input type="radio" name="mode" checked={settings.mode === mode} onChange={() => change({ mode })} />
                </span>
                <b className="strong">{t(`start.mode.${mode}`)}</b>
                <small>{t(`start.modeText.${mode}`)}</small>
              </label>
            ))}
          </div>
        </fieldset>
        {settings.mode === "groups" && (
          <div className="two-cols">
            {([0, 1] as const).map((at) => (
              <TextField
                key={at}
                label={t(at === 0 ? "start.groupOne" : "start.groupTwo")}
                placeholder={t(at === 0 ? "start.groupOneHint" : "start.groupTwoHint")}
                value={groups[at]}
                maxLength={LONGEST_GROUP}
                required
                onChange={(event) =>
                  setGroups(at === 0 ? [event.target.value, groups[1]] : [groups[0], event.target.value])
                }
              />
            ))}
          </div>
        )}
        {settings.mode === "tickets" && (
          <div className="two-cols">
            {([0, 1] as const).map((at) => (
              <SelectField
                key={at}
                label={t(at === 0 ? "start.ticketOne" : "start.ticketTwo")}
                value={chosen[at] ?? ""}
                onChange={({ target }) => setHeld(at === 0 ? [target.value, chosen[1]] : [chosen[0], target.value])}
              >
                {tickets.map((name) => (
                  <option key={name} value={name} disabled={name === chosen[1 - at]}>
                    {name}
                  </option>
                ))}
              </SelectField>
            ))}
          </div>
        )}
        <div className="two-cols">
          <SelectField
            label={t("start.by")}
            value={settings.by}
            onChange={(event) => change({ by: event.target.value === "different" ? "different" : "shared" })}
          >
            <option value="shared">{t("start.byShared")}</option>
            <option value="different">{t("start.byDifferent")}</option>
          </SelectField>
          <SelectField
            label={t("start.checkIn")}
            value={settings.checkInSeconds}
            onChange={(event) => change({ checkInSeconds: Number(event.target.value) })}
          >
            {CHECK_IN.map((seconds) => (
              <option key={seconds} value={seconds}>
                {seconds < 60 ? t("seconds", { count: seconds }) : t("minutes", { count: seconds / 60 })}
              </option>
            ))}
          </SelectField>
        </div>
        <div>
          {(["commonLanguage", "notSameCompany", "hostJoins"] as const).map((rule) => (
            <label key={rule} className="switch">
              <input
                type="checkbox"
                checked={settings[rule]}
                onChange={(event) => change({ [rule]: event.target.checked })}
              />
              {t(`start.${rule}`)}
            </label>
          ))}
        </div>
        <p className="small muted">{t("start.takes", { count: Math.ceil(minutes) })}</p>
        {refusal && <FormError>{refusal}</FormError>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
