import { useState } from "react";
import { DevicePicker } from "../devices/DevicePicker.tsx";
import { LevelMeter } from "../devices/LevelMeter.tsx";
import { Button, Dialog, Icon } from "../platform/components/index.ts";
import type { Studio } from "../stage/useStudio.ts";
import { useText } from "./text.ts";

interface DeviceToolsProps {
  studio: Studio;
  /** The crew lets nobody hear them. */
  mutedByCrew?: boolean;
  /** Whether a screen may be shared from here. */
  share?: boolean;
}

/** Microphone, camera, screen and which devices: the same four everywhere in the studio. */
export function DeviceTools({ studio, mutedByCrew, share = true }: DeviceToolsProps) {
  const { t } = useText();
  const [choosing, setChoosing] = useState(false);
  const canShare = share && typeof navigator.mediaDevices?.getDisplayMedia === "function";
  const { muted, cameraOn } = studio;
  const sharing = studio.screen !== undefined;
  return (
    <>
      <button
        type="button"
        className={muted || mutedByCrew ? "tool cut" : "tool"}
        aria-pressed={muted}
        onClick={() => studio.setMuted(!muted)}
      >
        <Icon name={muted || mutedByCrew ? "micoff" : "mic"} />
        {muted ? t("tools.unmute") : t("tools.mute")}
      </button>
      <button
        type="button"
        className={cameraOn ? "tool" : "tool cut"}
        aria-pressed={!cameraOn}
        onClick={() => studio.setCameraOn(!cameraOn)}
      >
        <Icon name={cameraOn ? "cam" : "camoff"} />
        {cameraOn ? t("tools.cameraOff") : t("tools.cameraOn")}
      </button>
      {canShare && (
        <button type="button" className="tool" aria-pressed={sharing} onClick={studio.toggleSharing}>
          <Icon name="screen" />
          {sharing ? t("tools.stopShare") : t("tools.share")}
        </button>
      )}
      <button type="button" className="tool" onClick={() => setChoosing(true)}>
        <Icon name="sliders" />
        {t("tools.devices")}
      </button>
      <Dialog
        open={choosing}
        onClose={() => setChoosing(false)}
        title={t("tools.devicesTitle")}
        kind="sheet"
        actions={
          <Button variant="primary" onClick={() => setChoosing(false)}>
            {t("tools.done")}
          </Button>
        }
      >
        <div className="dev">
          <DevicePicker kind="microphone" device={studio.microphone}>
            <LevelMeter analyser={studio.compositor.analyser} muted={muted} />
          </DevicePicker>
          <DevicePicker kind="camera" device={studio.camera} />
        </div>
      </Dialog>
    </>
  );
}
