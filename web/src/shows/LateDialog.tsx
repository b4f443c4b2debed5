import { useState } from "react";
import { EditDialog } from "../organize/EditDialog.tsx";
import { FormError, TextField } from "../platform/components/index.ts";
import { useText } from "./text.ts";
import type { ShowState } from "./useShow.ts";

const LONGEST = 280;

/** By how many minutes everything to come moves, and what everybody is told. */
export function LateDialog({ state, onClose }: { state: ShowState; onClose: () => void }) {
  const { t } = useText();
  const [id] = useState(() => crypto.randomUUID());
  const [minutes, setMinutes] = useState(6);
  const [own, setOwn] = useState<string>();
  const told = own ?? (minutes > 0 ? t("late.told", { count: minutes }) : t("late.caughtUp"));
  const save = async () => {
    if (await state.run({ shift: { id, minutes, tell: told.trim() } })) onClose();
  };
  return (
    <EditDialog title={t("late.title")} pending={state.pending} onSubmit={save} onClose={onClose}>
      <TextField
        label={t("late.minutes")}
        hint={t("late.hint")}
        type="number"
        min={-60}
        max={120}
        value={minutes}
        onChange={(change) => setMinutes(Number(change.target.value))}
      />
      <TextField
        label={t("late.tell")}
        hint={t("late.tellHint")}
        value={told}
        maxLength={LONGEST}
        autoComplete="off"
        onChange={(change) => setOwn(change.target.value)}
      />
      {state.refusal && <FormError>{state.refusal.message}</FormError>}
    </EditDialog>
  );
}
