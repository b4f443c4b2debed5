import { useState } from "react";
import { CheckFact } from "../devices/CheckFact.tsx";
import { DevicePicker } from "../devices/DevicePicker.tsx";
import { LevelMeter, useHeard } from "../devices/LevelMeter.tsx";
import { Mending, type Trouble } from "../devices/Mending.tsx";
import { SelfView } from "../devices/SelfView.tsx";
import { type SpeakerAnswer, SpeakerTest } from "../devices/SpeakerTest.tsx";
import { useDeviceText } from "../devices/text.ts";
import { useNetwork } from "../devices/useNetwork.ts";
import { useWay } from "../devices/useWay.ts";
import { Button, ButtonLink, Icon } from "../platform/components/index.ts";
import type { Studio } from "../stage/useStudio.ts";
import type { StudioRoom } from "./StudioPage.tsx";
import { useText } from "./text.ts";

interface DeviceCheckProps {
  room: StudioRoom;
  name: string;
  studio: Studio;
  /** The crew may go in without being seen or heard. */
  crew: boolean;
  /** Agreed to be recorded before; then nobody asks again. */
  consented: boolean;
  entering: boolean;
  refusal: string | undefined;
  onEnter: () => void;
}

/** Before anything with a camera: does the audience get to see and hear this person, and if not, what mends it? */
export function DeviceCheck({ room, name, studio, crew, consented, entering, refusal, onEnter }: DeviceCheckProps) {
  const { t } = useText();
  const { t: device } = useDeviceText();
  const { camera, microphone, compositor } = studio;
  const heard = useHeard(compositor.analyser);
  const network = useNetwork();
  const way = useWay(room.stage?.iceServers ?? undefined);
  const [sound, setSound] = useState<SpeakerAnswer>("untried");
  const troubles: Trouble[] = [
    ...(camera.trouble ? [{ about: "camera", why: camera.trouble, again: () => camera.choose() } as const] : []),
    ...(microphone.trouble
      ? [{ about: "microphone", why: microphone.trouble, again: () => microphone.choose() } as const]
      : []),
    ...(microphone.stream && !heard ? [{ about: "microphone", why: "silent" } as const] : []),
    ...(sound === "unheard" ? [{ about: "speaker", why: "unheard", again: () => setSound("untried") } as const] : []),
    ...(network.grade === "weak" ? [{ about: "network", why: "weak", again: network.again } as const] : []),
    ...(way.state === "blocked" ? [{ about: "network", why: "blocked", again: way.again } as const] : []),
  ];
  const broken = troubles.some(({ why }) => why !== "silent");
  const ready = camera.stream && microphone.stream;
  const alone = () => {
    camera.stop();
    studio.setCameraOn(false);
    studio.setMuted(true);
    onEnter();
  };
  return (
    <div className="check-page">
      <header className="check-top">
        <ButtonLink
          href={`/e/${room.event.slug}/rooms/${room.slug}`}
          variant="ghost"
          size="sm"
          icon
          aria-label={t("top.back")}
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
                aria-label={studio.muted ? t("tools.unmute") : t("tools.mute")}
                aria-pressed={studio.muted}
                onClick={() => studio.setMuted(!studio.muted)}
              >
                <Icon name={studio.muted ? "micoff" : "mic"} size="lg" />
              </button>
              <button
                type="button"
                aria-label={studio.cameraOn ? t("tools.cameraOff") : t("tools.cameraOn")}
                aria-pressed={!studio.cameraOn}
                onClick={() => studio.setCameraOn(!studio.cameraOn)}
              >
                <Icon name={studio.cameraOn ? "cam" : "camoff"} size="lg" />
              </button>
            </div>
          </SelfView>
          <div className="oks" role="status">
            <CheckFact ok={camera.stream !== undefined} trouble={camera.trouble !== undefined}>
              {t("check.camera")}
            </CheckFact>
            <CheckFact ok={heard} trouble={microphone.trouble !== undefined}>
              {t("check.microphone")}
            </CheckFact>
            <CheckFact ok={sound === "heard"} trouble={sound === "unheard"}>
              {t("check.speaker")}
            </CheckFact>
            <CheckFact
              ok={(network.grade === "good" || network.grade === "fair") && way.state !== "wait"}
              trouble={network.grade === "weak" || way.state === "blocked"}
            >
              {device(`network.${network.grade}`)}
            </CheckFact>
          </div>
        </div>
        <div className="stack check-side">
          <div>
            <h1 className="h1 check-title">
              {broken ? t("check.titleTrouble") : ready ? t("check.title") : t("check.titleWait")}
            </h1>
            <p className="muted check-intro">{t("check.intro")}</p>
          </div>
          <Mending troubles={troubles} />
          <div className="dev">
            <DevicePicker kind="microphone" device={microphone}>
              <LevelMeter analyser={compositor.analyser} />
            </DevicePicker>
            <SpeakerTest answer={sound} onAnswer={setSound} />
            <DevicePicker kind="camera" device={camera} />
            <div className="pick">
              <Icon name="signal" />
              <span>
                {network.ms === undefined
                  ? device(`network.${network.grade}`)
                  : device("networkFact", { ms: Math.max(1, Math.round(network.ms)) })}
                <span className="tiny muted way">{device(`way.${way.state}`)}</span>
              </span>
              <Button
                variant="ghost"
                size="sm"
                onClick={() => {
                  network.again();
                  way.again();
                }}
              >
                {device("again")}
              </Button>
            </div>
          </div>
          <div className="check-go">
            {refusal && (
              <p className="form-error" role="alert">
                <Icon name="warn" size="sm" />
                {refusal}
              </p>
            )}
            <Button variant="primary" size="lg" block pending={entering} onClick={onEnter}>
              {t("check.enter")}
            </Button>
            {crew && (
              <Button variant="ghost" block onClick={alone}>
                {t("check.alone")}
              </Button>
            )}
            <p className="tiny muted">{consented ? t("check.enterNote") : t("check.consent")}</p>
          </div>
        </div>
      </main>
    </div>
  );
}
