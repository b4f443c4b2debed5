import { useEffect, useState } from "react";
import { Button, Dialog, TextField } from "../platform/components/index.ts";
import type { Spot } from "../stage/plan.ts";
import type { Director } from "./director.ts";
import { useText } from "./text.ts";

/** Longest line that stands under a picture, in characters. */
const LINE_LIMIT = 80;

interface LowerThirdDialogProps {
  spot: Spot | undefined;
  direct: Director;
  onClose: () => void;
}

/** The words under a person: their name, and a line about them. */
export function LowerThirdDialog({ spot, direct, onClose }: LowerThirdDialogProps) {
  const { t } = useText();
  const [name, setName] = useState("");
  const [title, setTitle] = useState("");
  useEffect(() => {
    setName(spot?.name ?? "");
    setTitle(spot?.title ?? "");
  }, [spot]);
  const show = () => {
    if (spot && name.trim()) direct.lowerThird(spot.spot, { shown: true, name: name.trim(), title: title.trim() });
    onClose();
  };
  return (
    <Dialog
      open={spot !== undefined}
      onClose={onClose}
      title={t("lower.title")}
      kind="sheet"
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" onClick={show}>
            {t("lower.show")}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          show();
        }}
      >
        <TextField
          label={t("lower.name")}
          value={name}
          maxLength={LINE_LIMIT}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t("lower.line")}
          hint={t("lower.lineHint")}
          value={title}
          maxLength={LINE_LIMIT}
          onChange={(event) => setTitle(event.target.value)}
        />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
