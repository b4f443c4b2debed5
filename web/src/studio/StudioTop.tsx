import type { ReactNode } from "react";
import { ButtonLink, Icon } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { useText } from "./text.ts";

interface StudioTopProps {
  back: string | undefined;
  title: string;
  /** After the title, quieter. */
  beside?: string | undefined;
  line: ReactNode;
  audience: number;
  live: boolean;
  /** How well things go, before the audience's number. */
  health?: ReactNode;
  children?: ReactNode;
}

/** The bar above the studio: where you are, and how many are there. */
export function StudioTop({ back, title, beside, line, audience, live, health, children }: StudioTopProps) {
  const { t } = useText();
  const number = formatNumber(audience);
  return (
    <header className="stop">
      {back && (
        <ButtonLink href={back} variant="ghost" size="sm" icon aria-label={t("top.back")}>
          <Icon name="left" />
        </ButtonLink>
      )}
      <div className="grow">
        <h1 className="strong trunc room-title">
          {title} {beside && <span className="muted beside">· {beside}</span>}
        </h1>
        <p className="tiny muted trunc">{line}</p>
      </div>
      {health}
      <span className="badge audience" data-testid="audience">
        <Icon name="people" />
        <span className="num" aria-hidden="true">
          {number}
        </span>
        <span className="sr">
          {live ? t("top.viewers", { count: audience, number }) : t("top.waiting", { count: audience, number })}
        </span>
      </span>
      {children}
    </header>
  );
}
