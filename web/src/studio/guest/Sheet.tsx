import { type ReactNode, useEffect, useId, useRef } from "react";

interface SheetProps {
  title: string;
  className?: string;
  /** Before the heading. */
  head?: ReactNode;
  children: ReactNode;
}

/** A decision in a room: it covers the panel, never the stage, and takes the focus because an answer is wanted. */
export function Sheet({ title, className, head, children }: SheetProps) {
  const id = useId();
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => sheet.current?.focus({ preventScroll: true }), []);
  return (
    <section
      ref={sheet}
      className={className ? `decide guest ${className}` : "decide guest"}
      role="dialog"
      aria-labelledby={id}
      tabIndex={-1}
    >
      {head}
      <h2 className="h3" id={id}>
        {title}
      </h2>
      {children}
    </section>
  );
}
