import { Icon } from "../platform/components/index.ts";
import { useText } from "./text.ts";
import type { Studio } from "./useStudio.ts";

/** Microphone, camera and screen, and who sees them now. */
export function StudioBar({ studio }: { studio: Studio }) {
  const { t } = useText();
  const onAir = studio.phase === "live" || studio.phase === "ending";
  const canShare = typeof navigator.mediaDevices?.getDisplayMedia === "function";
  const seen = !onAir ? t("studio.youAre") : studio.muted ? t("studio.youAreMuted") : t("studio.youAreLive");
  return (
    <footer className="sbot">
      <div className="row">
        <p className="small muted" role="status">
          {seen}
        </p>
      </div>
      <div className="mid2">
        <button
          type="button"
          className={studio.muted ? "tool cut" : "tool"}
          aria-pressed={studio.muted}
          onClick={() => studio.setMuted(!studio.muted)}
        >
          <Icon name={studio.muted ? "micoff" : "mic"} />
          {studio.muted ? t("studio.unmute") : t("studio.mute")}
        </button>
        <button
          type="button"
          className={studio.cameraOn ? "tool" : "tool cut"}
          aria-pressed={!studio.cameraOn}
          onClick={() => studio.setCameraOn(!studio.cameraOn)}
        >
          <Icon name={studio.cameraOn ? "cam" : "camoff"} />
          {studio.cameraOn ? t("studio.cameraOff") : t("studio.cameraOn")}
        </button>
        {canShare && (
          <button type="button" className="tool" aria-pressed={studio.sharing} onClick={studio.toggleSharing}>
            <Icon name="screen" />
            {studio.sharing ? t("studio.stopShare") : t("studio.share")}
          </button>
        )}
      </div>
      <div className="row" />
    </footer>
  );
}
