import { useState } from "react";
import { Button, Dialog, TextField } from "../platform/components/index.ts";
import type { Plan } from "../stage/plan.ts";
import type { Director } from "./director.ts";
import { useText } from "./text.ts";

const MINUTES = [5, 10, 15, 20, 30, 45];
const MOST_MINUTES = 24 * 60;

interface TimerDialogProps {
  open: boolean;
  plan: Plan;
  direct: Director;
  onClose: () => void;
}

/** How long those on stage have; they see it, the audience does not. */
export function TimerDialog({ open, plan, direct, onClose }: TimerDialogProps) {
  const { t } = useText();
  const [minutes, setMinutes] = useState("20");
  const [label, setLabel] = useState("");
  const count = Number(minutes);
  const fine = Number.isFinite(count) && count > 0 && count <= MOST_MINUTES;
  const start = () => {
    if (!fine) return;
    direct.timer({ label: label.trim() || t("timer.timeLeft"), seconds: Math.round(count * 60) });
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("timer.title")}
      kind="sheet"
      actions={
        <>
          {plan.timer && (
            <Button
              variant="quiet"
              onClick={() => {
                direct.timer(undefined);
                onClose();
              }}
            >
              {t("timer.stop")}
            </Button>
          )}
          <Button variant="primary" disabled={!fine} onClick={start}>
            {t("timer.start")}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <p className="muted small">{t("timer.text")}</p>
        <div className="row wrap">
          {MINUTES.map((preset) => (
            <button
              type="button"
              key={preset}
              className="chip num"
              aria-pressed={count === preset}
              onClick={() => setMinutes(String(preset))}
            >
              {t("timer.minutes", { count: preset })}
            </button>
          ))}
        </div>
        <TextField
          label={t("timer.field")}
          type="number"
          min={1}
          max={MOST_MINUTES}
          value={minutes}
          error={fine ? undefined : t("timer.wrong")}
          onChange={(event) => setMinutes(event.target.value)}
        />
        <TextField
          label={t("timer.label")}
          value={label}
          maxLength={60}
          placeholder={t("timer.timeLeft")}
          onChange={(event) => setLabel(event.target.value)}
        />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
