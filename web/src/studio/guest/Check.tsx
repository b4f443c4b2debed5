import { DevicePicker } from "../../devices/DevicePicker.tsx";
import { LevelMeter } from "../../devices/LevelMeter.tsx";
import { SelfView } from "../../devices/SelfView.tsx";
import { Button, Icon } from "../../platform/components/index.ts";
import type { Studio } from "../../stage/useStudio.ts";
import { useText } from "../text.ts";
import { Sheet } from "./Sheet.tsx";

interface CheckProps {
  name: string;
  studio: Studio;
  soundOnly: boolean;
  pending: boolean;
  refusal: string | undefined;
  onAgree: () => void;
  onStay: () => void;
}

/** "This is how they will see you": the verb on the button is the consent. */
export function Check({ name, studio, soundOnly, pending, refusal, onAgree, onStay }: CheckProps) {
  const { t } = useText();
  const { camera, microphone, compositor } = studio;
  return (
    <Sheet
      className="chk"
      title={soundOnly ? t("guest.howHeard") : t("guest.howSeen")}
      head={
        <SelfView
          stream={camera.stream}
          name={name}
          cameraOn={studio.cameraOn}
          muted={studio.muted}
          className="kself"
        />
      }
    >
      <div className="dev kd">
        <DevicePicker kind="microphone" device={microphone}>
          <LevelMeter analyser={compositor.analyser} />
        </DevicePicker>
        {!soundOnly && <DevicePicker kind="camera" device={camera} />}
      </div>
      {refusal && (
        <p className="form-error" role="alert">
          <Icon name="warn" size="sm" />
          {refusal}
        </p>
      )}
      <div className="acts">
        <p className="small muted">{t("guest.consent")}</p>
        <Button variant="ghost" onClick={onStay}>
          {t("guest.stay")}
        </Button>
        <Button variant="primary" pending={pending} onClick={onAgree}>
          {t("guest.agree")}
        </Button>
      </div>
    </Sheet>
  );
}
