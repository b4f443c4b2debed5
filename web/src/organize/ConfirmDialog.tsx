import type { ReactNode } from "react";
import { Button, Dialog, FormError } from "../platform/components/index.ts";
import type { Refusal } from "../platform/graph/refusal.ts";
import { useOrganizeText } from "./text.ts";

interface ConfirmDialogProps {
  open: boolean;
  title: string;
  /** What happens, and what is kept. */
  children: ReactNode;
  /** The verb. */
  action: string;
  /** How to step back; “Cancel” when nothing better fits. */
  dismiss?: string;
  /** True when something is lost for good. */
  danger?: boolean;
  pending: boolean;
  refusal: Refusal | undefined;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that other people notice or that cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useOrganizeText();
  const { open, title, children, action, dismiss, danger, pending, refusal, onConfirm, onClose } = props;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button variant="ghost" onClick={onClose}>
            {dismiss ?? t("cancel")}
          </Button>
          <Button variant={danger ? "danger" : "solid"} pending={pending} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="muted">{children}</p>
        {refusal && <FormError>{refusal.message}</FormError>}
      </div>
    </Dialog>
  );
}
