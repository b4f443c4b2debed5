import type { ReactNode } from "react";
import type { IconName } from "../icons/names.ts";
import { Icon } from "./Icon.tsx";

interface BadgeProps {
  tone?: "accent" | "success" | "warning" | "danger" | "info" | "outline";
  icon?: IconName;
  children: ReactNode;
}

/** A state in a word, with a glyph: colour only repeats it. */
export function Badge({ tone, icon, children }: BadgeProps) {
  return (
    <span className={["badge", tone].filter(Boolean).join(" ")}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

/** Only for what is live now. */
export function LiveBadge({ children }: { children: ReactNode }) {
  return (
    <span className="badge live">
      <span className="dot" />
      {children}
    </span>
  );
}
