import "./console.css";
import { useState } from "react";
import { Button, Dialog, FormError, TextField } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { clockText, secondsLeft } from "./clock.ts";
import type { PartyNow } from "./party.ts";
import { useText } from "./text.ts";
import { useServerNow } from "./useServerNow.ts";

/** How a party goes, in numbers; what is said in its calls is nobody's business. */
export interface PartyHealth {
  here: number;
  ready: number;
  meetings: number;
  connected: number;
  alone: number;
  failed: number;
  extended: number;
  waiting: number;
  left: number;
  endedEarly: number;
}

/** One thing that the host has the party do. */
export type PartyCommand =
  | { begin: true }
  | { pause: true }
  | { resume: true }
  | { extendAll: number }
  | { message: string }
  | { bringBack: number }
  | { addRound: true }
  | { endRound: true }
  | { end: true };

/** What the host gives everybody at a time, in minutes. */
const MORE_MINUTES = 1;
/** How long everybody has to say goodbye, in seconds. */
const GOODBYE = 20;
export const MOST_ROUNDS = 10;
const LONGEST_MESSAGE = 280;

interface HostConsoleProps {
  open: boolean;
  party: PartyNow;
  health: PartyHealth | undefined;
  pending: boolean;
  refusal: string | undefined;
  direct: (command: PartyCommand) => void;
  onClose: () => void;
}

/** What the host of a party sees and does. */
export function HostConsole({ open, party, health, pending, refusal, direct, onClose }: HostConsoleProps) {
  const { t } = useText();
  const [message, setMessage] = useState("");
  const [sure, setSure] = useState(false);
  const { phase } = party;
  const before = phase === "check-in";
  const paused = phase === "paused";
  const inRound = phase === "card" || phase === "talk";
  return (
    <Dialog open={open} onClose={onClose} title={t("host.title")} kind="sheet">
      <div className="stack">
        <p className="row between">
          <span className="strong">
            {t(`host.phase.${phase}`)}
            {party.round > 0 && (
              <span className="muted"> · {t("roundOf", { round: party.round, rounds: party.rounds })}</span>
            )}
          </span>
          <Rest party={party} />
        </p>
        {health && <Health health={health} />}
        {refusal && <FormError>{refusal}</FormError>}
        <div className="console-acts">
          {before && (
            <Button variant="primary" pending={pending} onClick={() => direct({ begin: true })}>
              {t("host.begin")}
            </Button>
          )}
          {paused ? (
            <Button variant="primary" pending={pending} onClick={() => direct({ resume: true })}>
              {t("host.resume")}
            </Button>
          ) : (
            <Button pending={pending} onClick={() => direct({ pause: true })}>
              {t("host.pause")}
            </Button>
          )}
          <Button disabled={phase !== "talk"} pending={pending} onClick={() => direct({ extendAll: MORE_MINUTES })}>
            {t("host.extend", { count: MORE_MINUTES })}
          </Button>
          <Button disabled={!inRound} pending={pending} onClick={() => direct({ endRound: true })}>
            {t("host.endRound")}
          </Button>
          <Button disabled={party.rounds >= MOST_ROUNDS} pending={pending} onClick={() => direct({ addRound: true })}>
            {t("host.addRound")}
          </Button>
        </div>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (!message.trim()) return;
            direct({ message: message.trim() });
            setMessage("");
          }}
        >
          <TextField
            label={t("host.message")}
            hint={t("host.messageHint")}
            value={message}
            maxLength={LONGEST_MESSAGE}
            onChange={(event) => setMessage(event.target.value)}
          />
          <div className="row">
            <Button type="submit" size="sm" disabled={!message.trim()} pending={pending}>
              {t("host.send")}
            </Button>
          </div>
        </form>
        <div className="row wrap between">
          {sure ? (
            <>
              <p className="small grow">{t("host.sure", { count: GOODBYE })}</p>
              <Button size="sm" variant="ghost" onClick={() => setSure(false)}>
                {t("host.goOn")}
              </Button>
              <Button
                size="sm"
                variant="danger"
                pending={pending}
                onClick={() => {
                  direct({ bringBack: GOODBYE });
                  setSure(false);
                }}
              >
                {t("host.bringBackNow")}
              </Button>
            </>
          ) : (
            <Button variant="danger-line" size="sm" onClick={() => setSure(true)}>
              {t("host.bringBack")}
            </Button>
          )}
        </div>
        <p className="tiny muted">{t("host.never")}</p>
      </div>
    </Dialog>
  );
}

function Rest({ party }: { party: PartyNow }) {
  const { t } = useText();
  const now = useServerNow();
  const seconds = party.until ? secondsLeft(party.until, now) : Math.ceil((party.left ?? 0) / 1000);
  return (
    <span className="num" role="timer" aria-label={t("secondsLeft", { count: seconds })}>
      {clockText(seconds)}
    </span>
  );
}

function Health({ health }: { health: PartyHealth }) {
  const { t } = useText();
  const facts = ["here", "ready", "connected", "waiting", "alone", "failed", "extended"] as const;
  return (
    <dl className="console-facts" data-testid="party-health">
      {facts.map((fact) => (
        <div key={fact} className="stat">
          <dt className="tiny muted">{t(`host.health.${fact}`)}</dt>
          <dd>
            <b>{formatNumber(health[fact])}</b>
          </dd>
        </div>
      ))}
    </dl>
  );
}
