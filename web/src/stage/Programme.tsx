import { useEffect, useRef } from "react";
import { Icon } from "../platform/components/index.ts";
import type { IconName } from "../platform/icons/names.ts";
import type { Layout } from "./localPlan.ts";
import { useText } from "./text.ts";
import type { Studio } from "./useStudio.ts";

const LAYOUTS: { layout: Layout; icon: IconName }[] = [
  { layout: "corner", icon: "pip" },
  { layout: "side", icon: "side" },
  { layout: "solo", icon: "solo" },
];

/** The very picture that is recorded: dashed while only the speaker sees it, red while everybody does. */
export function Programme({ studio }: { studio: Studio }) {
  const { t } = useText();
  const frame = useRef<HTMLDivElement>(null);
  const { canvas } = studio.compositor;
  const onAir = studio.phase === "live" || studio.phase === "ending";
  useEffect(() => {
    canvas.className = "programme";
    canvas.setAttribute("aria-hidden", "true");
    frame.current?.append(canvas);
    return () => canvas.remove();
  }, [canvas]);
  return (
    <>
      <div className="prog">
        <div
          ref={frame}
          className={onAir ? "pv air" : "pv test"}
          role="img"
          aria-label={onAir ? t("studio.programme") : t("studio.preview")}
          data-testid="programme"
        >
          {onAir ? (
            <span className="badge live c1">
              <span className="dot" />
              {t("studio.onAir")}
            </span>
          ) : (
            <span className="badge c1">
              <Icon name="eye" />
              {t("studio.onlyYou")}
            </span>
          )}
        </div>
      </div>
      {studio.sharing && (
        <div className="lay">
          <div className="seg" role="radiogroup" aria-label={t("studio.layout")}>
            {LAYOUTS.map(({ layout, icon }) => (
              <button
                type="button"
                key={layout}
                role="radio"
                aria-checked={studio.layout === layout}
                onClick={() => studio.setLayout(layout)}
              >
                <Icon name={icon} />
                {t(`studio.${layout}`)}
              </button>
            ))}
          </div>
        </div>
      )}
    </>
  );
}
