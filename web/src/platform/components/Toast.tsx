import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from "react";
import type { IconName } from "../icons/names.ts";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";

interface ToastText {
  text: string;
  icon?: IconName;
  action?: { label: string; run: () => void };
}

const ToastContext = createContext<(toast: ToastText) => void>(() => undefined);

/** Says that something was done, and offers to undo it. Never for something a person must decide. */
export function useToast() {
  return use(ToastContext);
}

const shownForMs = 6_000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<(ToastText & { id: number })[]>([]);
  const next = useRef(0);
  const show = useCallback((toast: ToastText) => {
    const id = next.current++;
    setToasts((shown) => [...shown.slice(-2), { ...toast, id }]);
    setTimeout(() => setToasts((shown) => shown.filter((t) => t.id !== id)), shownForMs);
  }, []);
  const dismiss = useMemo(() => (id: number) => setToasts((shown) => shown.filter((t) => t.id !== id)), []);
  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status">
        {toasts.map(({ id, text, icon = "check", action }) => (
          <div className="toast" key={id}>
            <Icon name={icon} size="sm" />
            <span className="grow">{text}</span>
            {action && (
              <Button
                variant="ghost"
                size="sm"
                onClick={() => {
                  action.run();
                  dismiss(id);
                }}
              >
                {action.label}
              </Button>
            )}
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
