import { Skeleton } from "../../platform/components/States.tsx";
import { useText } from "../text.ts";

export function LandingSkeleton() {
  const { t } = useText();
  return (
    <div className="landing" data-brand="" aria-busy="true">
      <div className="hero waiting" />
      <main id="main" className="wrap-page">
        <h1 className="sr">{t("loading")}</h1>
        <div className="facts waiting">
          <Skeleton width="180px" />
          <Skeleton width="160px" />
          <Skeleton width="120px" />
        </div>
        <div className="cols">
          <div className="stack">
            <Skeleton width="46%" height={32} />
            <Skeleton height={180} />
          </div>
          <Skeleton height={280} />
        </div>
      </main>
    </div>
  );
}
