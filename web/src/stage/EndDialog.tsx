import { Button, Dialog } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { useText } from "./text.ts";

interface EndDialogProps {
  open: boolean;
  watching: number;
  onStay: () => void;
  onEnd: () => void;
}

/** Ending a broadcast cannot be taken back, so it is asked once. */
export function EndDialog({ open, watching, onStay, onEnd }: EndDialogProps) {
  const { t } = useText();
  return (
    <Dialog
      open={open}
      onClose={onStay}
      title={t("end.title")}
      kind="sheet"
      actions={
        <>
          <Button variant="quiet" onClick={onStay}>
            {t("end.stay")}
          </Button>
          <Button variant="danger" onClick={onEnd}>
            {t("end.confirm")}
          </Button>
        </>
      }
    >
      <p>{t("end.text", { count: watching, number: formatNumber(watching) })}</p>
    </Dialog>
  );
}
