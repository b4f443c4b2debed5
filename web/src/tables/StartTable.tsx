import { useId, useState } from "react";
import { Button, Dialog, SelectField, TextField } from "../platform/components/index.ts";
import { useTablesText } from "./text.ts";
import type { FloorState } from "./useFloor.ts";

export const LONGEST_TOPIC = 100;
export const SIZES = [2, 3, 4, 5, 6, 7, 8] as const;

/** A table of one's own: what about, and for how many. */
export function StartTable({ open, floor, onClose }: { open: boolean; floor: FloorState; onClose: () => void }) {
  const { t } = useTablesText();
  const form = useId();
  const [topic, setTopic] = useState("");
  const [seats, setSeats] = useState(6);
  const [missing, setMissing] = useState(false);
  const start = async () => {
    setMissing(!topic.trim());
    if (!topic.trim() || !(await floor.start(topic.trim(), seats))) return;
    setTopic("");
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("start.title")}
      kind="sheet"
      actions={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" type="submit" form={form} pending={floor.pending}>
            {t("start.action")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="stack form-stack"
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <p className="muted">{t("start.text")}</p>
        <TextField
          label={t("start.topic")}
          value={topic}
          maxLength={LONGEST_TOPIC}
          autoComplete="off"
          error={missing && !topic.trim() ? t("start.topicMissing") : undefined}
          onChange={(event) => setTopic(event.target.value)}
        />
        <SelectField label={t("start.seats")} value={seats} onChange={(event) => setSeats(Number(event.target.value))}>
          {SIZES.map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </SelectField>
      </form>
    </Dialog>
  );
}
