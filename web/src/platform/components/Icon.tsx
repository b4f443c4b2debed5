import drawings from "../icons/icons.svg?url";
import type { IconName } from "../icons/names.ts";

interface IconProps {
  name: IconName;
  size?: "sm" | "lg";
  className?: string;
}

/** A drawing of the one icon set. Decoration only: the words beside it, or the control's label, carry the meaning. */
export function Icon({ name, size, className }: IconProps) {
  const classes = ["i", size, className].filter(Boolean).join(" ");
  return (
    <svg className={classes} aria-hidden="true">
      <use href={`${drawings}#i-${name}`} />
    </svg>
  );
}

/** The mark alone: a P seen from above. */
export function Logo() {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32">
      <use href={`${drawings}#logo`} />
    </svg>
  );
}
