import { useEffect, useRef } from "react";
import { Icon } from "../platform/components/index.ts";
import type { Compositor } from "../stage/compositor.ts";
import type { Plan } from "../stage/plan.ts";
import { useText } from "./text.ts";

interface StagePictureProps {
  plan: Plan;
  compositor: Compositor;
  label: string;
}

/** The stage as this window composes it, which is how the audience gets it, only sooner. */
export function StagePicture({ plan, compositor, label }: StagePictureProps) {
  const { t } = useText();
  const frame = useRef<HTMLDivElement>(null);
  const { canvas } = compositor;
  useEffect(() => {
    canvas.setAttribute("aria-hidden", "true");
    frame.current?.append(canvas);
    return () => canvas.remove();
  }, [canvas]);
  const empty = plan.on.length === 0 && !plan.card;
  const names = plan.card?.title ?? plan.on.map(({ name }) => name).join(", ");
  return (
    <>
      <div
        ref={frame}
        className="stage-picture"
        role="img"
        aria-label={empty ? t("monitor.empty") : t("monitor.on", { label, names })}
      />
      {empty && (
        <div className="monitor-empty" aria-hidden="true">
          <Icon name="people" size="lg" />
          <p>{t("monitor.empty")}</p>
        </div>
      )}
    </>
  );
}
