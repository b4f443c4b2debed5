import { type ReactNode, useId } from "react";
import { Button, Dialog } from "../platform/components/index.ts";
import { useOrganizeText } from "./text.ts";

interface EditDialogProps {
  title: string;
  wide?: boolean;
  /** False while the question whether to remove stands in its place. */
  open?: boolean;
  /** True while it is being saved. */
  pending: boolean;
  children: ReactNode;
  onSubmit: (form: HTMLFormElement) => Promise<void>;
  /** Asks whether to remove what is edited; undefined when it cannot be. */
  onRemove?: (() => void) | undefined;
  onClose: () => void;
}

/** A sheet with the form of one thing: save it, step back, or remove it. */
export function EditDialog(props: EditDialogProps) {
  const { t } = useOrganizeText();
  const formId = useId();
  const { title, wide = false, open = true, pending, children, onSubmit, onRemove, onClose } = props;
  return (
    <Dialog
      open={open}
      onClose={() => open && onClose()}
      title={title}
      kind="sheet"
      wide={wide}
      actions={
        <>
          {onRemove && (
            <Button variant="ghost" className="push-start" onClick={onRemove}>
              {t("remove")}
            </Button>
          )}
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" type="submit" form={formId} pending={pending}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="stack form-stack"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          void onSubmit(submitted.currentTarget);
        }}
        noValidate
      >
        {children}
      </form>
    </Dialog>
  );
}
