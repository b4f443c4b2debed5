import type { ReactNode } from "react";
import type { IconName } from "../icons/names.ts";
import { usePlatformText } from "../text.ts";
import { Icon } from "./Icon.tsx";

/** Grey bars where text will be. */
export function Skeleton({ width, height, round }: { width?: string; height?: number; round?: boolean }) {
  return (
    <div
      className="sk"
      style={{ ...(width && { width }), ...(height && { height }), ...(round && { borderRadius: "50%" }) }}
    />
  );
}

/** A card that is still loading. */
export function SkeletonCard({ lines = 4 }: { lines?: number }) {
  const { t } = usePlatformText();
  return (
    <div className="card stack" role="group" aria-busy="true" aria-label={t("loading")}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no identity
        <Skeleton key={line} width={`${92 - ((line * 17) % 40)}%`} />
      ))}
    </div>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  children?: ReactNode;
  /** What to do next. */
  action?: ReactNode;
}

/** Nothing here yet, and what to do about it. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="empty">
      <div className="art">
        <Icon name={icon} size="lg" />
      </div>
      <p className="h4">{title}</p>
      {children && <p className="small">{children}</p>}
      {action}
    </div>
  );
}

interface QuietLineProps {
  icon: IconName;
  tone?: "warn";
  /** A line runs while something is on its way. */
  running?: boolean;
  children: ReactNode;
  action?: ReactNode;
}

/** What happened, what it means, one action: never a modal. */
export function QuietLine({ icon, tone, running, children, action }: QuietLineProps) {
  return (
    <div className={["line-note", tone].filter(Boolean).join(" ")} role="status">
      <Icon name={icon} size="sm" />
      <span className="grow">{children}</span>
      {running && <span className="run" aria-hidden="true" />}
      {action}
    </div>
  );
}
