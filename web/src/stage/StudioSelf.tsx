import { Icon } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import type { RoomView } from "../rooms/live.ts";
import { DevicePicker } from "./DevicePicker.tsx";
import { LevelMeter } from "./LevelMeter.tsx";
import { SelfView } from "./SelfView.tsx";
import { useText } from "./text.ts";
import type { Studio } from "./useStudio.ts";

/** The speaker's own side: the mirror, what is connected, and how loud. */
export function StudioSelf({ name, studio, view }: { name: string; studio: Studio; view: RoomView }) {
  const { t } = useText();
  const { camera, microphone } = studio;
  return (
    <aside className="colp l" aria-label={t("studio.backstage")}>
      <p className="ttl">
        {t("studio.backstage")}{" "}
        <span className="muted num ttl-count">
          {t("studio.inRoom", { count: view.log.present, number: formatNumber(view.log.present) })}
        </span>
      </p>
      <div className="bk">
        <div>
          <SelfView stream={camera.stream} name={name} cameraOn={studio.cameraOn} muted={studio.muted} />
          <p className="oks3">
            <Fact ok={camera.stream !== undefined && studio.cameraOn}>{t("studio.camera")}</Fact>
            <Fact ok={microphone.stream !== undefined && !studio.muted}>
              {studio.muted ? t("studio.muted") : t("studio.sound")}
            </Fact>
            <Fact ok={view.state === "live"}>{t("studio.network")}</Fact>
          </p>
        </div>
        <div className="dev">
          <DevicePicker kind="microphone" device={microphone}>
            <LevelMeter analyser={studio.compositor.analyser} muted={studio.muted} />
          </DevicePicker>
          <DevicePicker kind="camera" device={camera} />
        </div>
      </div>
    </aside>
  );
}

function Fact({ ok, children }: { ok: boolean; children: React.ReactNode }) {
  return (
    <span className={ok ? "" : "no"}>
      <Icon name={ok ? "check" : "warn"} size="sm" />
      {children}
    </span>
  );
}
