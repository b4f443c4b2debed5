import { Icon } from "../platform/components/index.ts";
import { StagePicture } from "./StagePicture.tsx";
import { useText } from "./text.ts";
import type { Backstage } from "./useBackstage.ts";

/** What the audience sees: dashed while only the crew does, red while everybody does. */
export function Programme({ backstage, live }: { backstage: Backstage; live: boolean }) {
  const { t } = useText();
  const { plan, studio } = backstage;
  return (
    <div className="prog">
      <div className={live ? "pv air" : "pv test"} data-testid="programme">
        <StagePicture
          plan={plan}
          compositor={studio.compositor}
          label={live ? t("programme.live") : t("programme.preview")}
        />
        {live ? (
          <span className="badge live c1">
            <span className="dot" />
            {t("onAir")}
          </span>
        ) : (
          <span className="badge c1">
            <Icon name="eye" />
            {t("programme.crewOnly")}
          </span>
        )}
      </div>
    </div>
  );
}
