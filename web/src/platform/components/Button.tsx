import type { ComponentProps } from "react";
import { Link } from "wouter";

export type ButtonVariant = "primary" | "solid" | "line" | "quiet" | "ghost" | "danger" | "danger-line" | "live";

interface Look {
  /** `primary` once per view; `solid` for the organizer's main act; `line`, `quiet`, `ghost` after that. */
  variant?: ButtonVariant;
  size?: "sm" | "lg";
  block?: boolean;
  /** Square, for a single icon. Give it an `aria-label`. */
  icon?: boolean;
}

export function buttonClass({ variant = "line", size, block, icon }: Look, className?: string): string {
  return ["btn", variant, size, block && "block", icon && "icon", className].filter(Boolean).join(" ");
}

interface ButtonProps extends Look, ComponentProps<"button"> {
  /** Keeps width and label while the act runs, and lets no second press through. */
  pending?: boolean;
}

export function Button({ variant, size, block, icon, pending, className, type, onClick, ...rest }: ButtonProps) {
  const look: Look = { ...(variant && { variant }), ...(size && { size }), block: !!block, icon: !!icon };
  return (
    <button
      {...rest}
      type={type ?? "button"}
      className={buttonClass(look, className)}
      data-pending={pending || undefined}
      aria-busy={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}

interface ButtonLinkProps extends Look {
  href: string;
  children: ComponentProps<"a">["children"];
  className?: string;
  "aria-label"?: string;
}

/** A link that looks like a button: for going somewhere inside Plenary. */
export function ButtonLink({ href, variant, size, block, icon, className, children, ...rest }: ButtonLinkProps) {
  const look: Look = { ...(variant && { variant }), ...(size && { size }), block: !!block, icon: !!icon };
  return (
    <Link href={href} className={buttonClass(look, className)} {...rest}>
      {children}
    </Link>
  );
}
