import { useState } from "react";
import { Button, ButtonLink, Icon } from "../platform/components/index.ts";
import { DevicePicker } from "./DevicePicker.tsx";
import { playTestSound } from "./devices.ts";
import { LevelMeter, useHeard } from "./LevelMeter.tsx";
import { SelfView } from "./SelfView.tsx";
import type { StudioRoom } from "./StudioPage.tsx";
import { useText } from "./text.ts";
import { useNetwork } from "./useNetwork.ts";
import type { Studio } from "./useStudio.ts";

/** Before anything with a camera: does the audience get to see and hear this person? */
export function DeviceCheck({ room, name, studio }: { room: StudioRoom; name: string; studio: Studio }) {
  const { t } = useText();
  const { camera, microphone, compositor } = studio;
  const heard = useHeard(compositor.analyser);
  const network = useNetwork();
  const [sound, setSound] = useState<"untried" | "playing" | "played">("untried");
  const trouble = camera.trouble ?? microphone.trouble;
  const ready = camera.stream && microphone.stream;
  const grades = {
    wait: t("check.networkWait"),
    good: t("check.networkGood"),
    fair: t("check.networkFair"),
    weak: t("check.networkWeak"),
  };
  const play = async () => {
    setSound("playing");
    await playTestSound().catch(() => undefined);
    setSound("played");
  };
  return (
    <div className="check-page">
      <header className="check-top">
        <ButtonLink
          href={`/e/${room.event.slug}/rooms/${room.id}`}
          variant="ghost"
          size="sm"
          icon
          aria-label={t("back")}
        >
          <Icon name="left" />
        </ButtonLink>
        <p className="grow trunc">
          <b className="strong">{room.event.name}</b> <span className="muted">· {room.name}</span>
        </p>
      </header>
      <main id="main" className="check">
        <div>
          <SelfView stream={camera.stream} name={name} cameraOn={studio.cameraOn} muted={studio.muted} className="self">
            <div className="ctl">
              <button
                type="button"
                aria-label={studio.muted ? t("studio.unmute") : t("studio.mute")}
                aria-pressed={studio.muted}
                onClick={() => studio.setMuted(!studio.muted)}
              >
                <Icon name={studio.muted ? "micoff" : "mic"} size="lg" />
              </button>
              <button
                type="button"
                aria-label={studio.cameraOn ? t("studio.cameraOff") : t("studio.cameraOn")}
                aria-pressed={!studio.cameraOn}
                onClick={() => studio.setCameraOn(!studio.cameraOn)}
              >
                <Icon name={studio.cameraOn ? "cam" : "camoff"} size="lg" />
              </button>
            </div>
          </SelfView>
          <div className="oks" role="status">
            <Fact ok={camera.stream !== undefined} trouble={camera.trouble !== undefined}>
              {t("check.camera")}
            </Fact>
            <Fact ok={heard} trouble={microphone.trouble !== undefined}>
              {t("check.microphone")}
            </Fact>
            <Fact ok={sound === "played"}>{t("check.speaker")}</Fact>
            <Fact ok={network.grade === "good" || network.grade === "fair"} trouble={network.grade === "weak"}>
              {grades[network.grade]}
            </Fact>
          </div>
        </div>
        <div className="stack check-side">
          <div>
            <h1 className="h1 check-title">
              {trouble ? t("check.titleTrouble") : ready ? t("check.title") : t("check.titleWait")}
            </h1>
            <p className="muted check-intro">{t("check.intro")}</p>
          </div>
          <div className="dev">
            <DevicePicker kind="microphone" device={microphone}>
              <LevelMeter analyser={compositor.analyser} />
              {microphone.stream && !heard && <p className="tiny muted pick-note">{t("check.silent")}</p>}
            </DevicePicker>
            <div className="pick">
              <Icon name="speaker" />
              <span className="trunc">{t("check.speakerName")}</span>
              <Button variant="ghost" size="sm" pending={sound === "playing"} onClick={() => void play()}>
                {sound === "playing" ? t("check.playing") : t("check.playSound")}
              </Button>
            </div>
            <DevicePicker kind="camera" device={camera} />
            <div className="pick">
              <Icon name="signal" />
              <span className="trunc">
                {network.ms === undefined
                  ? grades[network.grade]
                  : t("check.networkFact", { ms: Math.max(1, Math.round(network.ms)) })}
              </span>
              <Button variant="ghost" size="sm" onClick={network.again}>
                {t("check.again")}
              </Button>
            </div>
          </div>
          <div className="check-go">
            <Button variant="primary" size="lg" block onClick={studio.enter}>
              {t("check.enter")}
            </Button>
            <p className="tiny muted">{t("check.enterNote")}</p>
          </div>
        </div>
      </main>
    </div>
  );
}

function Fact({ ok, trouble, children }: { ok: boolean; trouble?: boolean; children: React.ReactNode }) {
  return (
    <span className={trouble ? "no" : ok ? "" : "open"}>
      <Icon name={trouble ? "warn" : ok ? "check" : "clock"} size="sm" />
      {children}
    </span>
  );
}
