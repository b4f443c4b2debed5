import { type ReactNode, useEffect, useId, useRef } from "react";
import { usePlatformText } from "../text.ts";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";

interface DialogProps {
  open: boolean;
  /** Escape, the close button, or a press outside. */
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Buttons at the foot, the main act last. */
  actions?: ReactNode;
  /** `sheet` rises from the lower edge on a phone. */
  kind?: "dialog" | "sheet";
  wide?: boolean;
}

/** A modal question, on the browser's own dialog: it keeps the focus inside and gives it back. */
export function Dialog({ open, onClose, title, children, actions, kind = "dialog", wide }: DialogProps) {
  const { t } = usePlatformText();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={ref}
      className={["modal", kind, wide && "wide"].filter(Boolean).join(" ")}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => event.target === ref.current && onClose()}
    >
      {open && (
        <div className="dialog">
          <div className="row between">
            <h2 className="h3" id={id}>
              {title}
            </h2>
            <Button variant="ghost" size="sm" icon aria-label={t("close")} onClick={onClose}>
              <Icon name="x" size="sm" />
            </Button>
          </div>
          <div className="dialog-body">{children}</div>
          {actions && <div className="actions">{actions}</div>}
        </div>
      )}
    </dialog>
  );
}
