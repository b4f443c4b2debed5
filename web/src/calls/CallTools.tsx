import "./call.css";
import { useState } from "react";
import { DevicePicker } from "../devices/DevicePicker.tsx";
import { LevelMeter } from "../devices/LevelMeter.tsx";
import { useAnalyser } from "../devices/useAnalyser.ts";
import { Button, Dialog, Icon } from "../platform/components/index.ts";
import { useCallText } from "./text.ts";
import type { Conversation } from "./useConversation.ts";

/** Microphone, camera and their choice, as everywhere in a call. */
export function CallTools({ conversation }: { conversation: Conversation }) {
  const { t } = useCallText();
  const [choosing, setChoosing] = useState(false);
  const { muted, setMuted, cameraWanted, setCameraWanted, now, microphone, camera } = conversation;
  const cut = muted || now.silenced || microphone.trouble !== undefined;
  return (
    <>
      <button type="button" className={cut ? "tool cut" : "tool"} aria-pressed={muted} onClick={() => setMuted(!muted)}>
        <Icon name={cut ? "micoff" : "mic"} />
        {muted ? t("unmute") : t("mute")}
      </button>
      <button
        type="button"
        className={camera.trouble ? "tool cut" : "tool"}
        aria-pressed={cameraWanted}
        onClick={() => setCameraWanted(!cameraWanted)}
      >
        <Icon name={camera.trouble ? "camoff" : "cam"} />
        {cameraWanted ? t("cameraOff") : t("cameraOn")}
      </button>
      <button type="button" className="tool" onClick={() => setChoosing(true)}>
        <Icon name="sliders" />
        {t("devices")}
      </button>
      <Dialog
        open={choosing}
        onClose={() => setChoosing(false)}
        title={t("devicesTitle")}
        kind="sheet"
        actions={
          <Button variant="primary" onClick={() => setChoosing(false)}>
            {t("done")}
          </Button>
        }
      >
        <Choices conversation={conversation} />
      </Dialog>
    </>
  );
}

function Choices({ conversation: { microphone, camera, cameraWanted, muted, blur } }: { conversation: Conversation }) {
  const { t } = useCallText();
  return (
    <div className="dev">
      <DevicePicker kind="microphone" device={microphone}>
        <LevelMeter analyser={useAnalyser(microphone.stream)} muted={muted} />
      </DevicePicker>
      {cameraWanted && <DevicePicker kind="camera" device={camera} />}
      {blur && (
        <label className="pick call-blur">
          <Icon name="people" />
          {t("blur")}
          <input type="checkbox" checked={blur.on} onChange={(event) => blur.set(event.target.checked)} />
        </label>
      )}
    </div>
  );
}
