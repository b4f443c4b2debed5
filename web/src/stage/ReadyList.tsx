import { useHeard } from "../devices/LevelMeter.tsx";
import { useDeviceText } from "../devices/text.ts";
import { useNetwork } from "../devices/useNetwork.ts";
import { Button, Icon } from "../platform/components/index.ts";
import type { RoomView } from "../rooms/live.ts";
import { recordingType } from "./recording.ts";
import { useText } from "./text.ts";
import type { Studio } from "./useStudio.ts";

/** One thing that should be right before going live. */
export interface ReadyFact {
  key: string;
  name: string;
  fact: string;
  ok: boolean;
  mend?: (() => void) | undefined;
}

/** What is ready, and what a person can do about what is not. */
export function useReadiness(studio: Studio, view: RoomView, container: string): ReadyFact[] {
  const { t } = useText();
  const { t: device } = useDeviceText();
  const { camera, microphone } = studio;
  const heard = useHeard(studio.compositor.analyser);
  const network = useNetwork();
  const type = recordingType(container);
  const trouble = (kind: "camera" | "microphone") => {
    const reason = studio[kind].trouble;
    return reason && device(`trouble.${reason}`, { device: device(`device.${kind}`) });
  };
  return [
    {
      key: "camera",
      name: t("ready.camera"),
      ok: camera.stream !== undefined && studio.cameraOn,
      fact: trouble("camera") ?? (studio.cameraOn ? t("ready.cameraOk") : t("ready.cameraOff")),
      mend: camera.trouble && (() => camera.choose()),
    },
    {
      key: "microphone",
      name: t("ready.microphone"),
      ok: microphone.stream !== undefined && heard && !studio.muted,
      fact:
        trouble("microphone") ??
        (studio.muted ? t("ready.microphoneMuted") : heard ? t("ready.microphoneOk") : t("ready.microphoneSilent")),
      mend: microphone.trouble && (() => microphone.choose()),
    },
    {
      key: "network",
      name: t("ready.network"),
      ok: network.grade === "good" || network.grade === "fair",
      fact:
        network.ms === undefined
          ? t("ready.networkWait")
          : device("networkFact", { ms: Math.max(1, Math.round(network.ms)) }),
      mend: network.grade === "weak" ? network.again : undefined,
    },
    {
      key: "recording",
      name: t("ready.recording"),
      ok: type !== undefined,
      fact: type ? t("ready.recordingOk", { type: wordsOf(type) }) : t("ready.recordingNone"),
    },
    { key: "replay", name: t("ready.replay"), ok: true, fact: t("ready.replayOk") },
    {
      key: "chat",
      name: t("ready.chat"),
      ok: view.state === "live",
      fact: view.state === "live" ? t("ready.chatOk") : t("ready.chatWait"),
    },
  ];
}

/** `video/webm;codecs=h264,opus` → `H.264 and Opus`. */
function wordsOf(type: string): string {
  const codecs = type.slice(type.indexOf("=") + 1).split(",");
  const names = codecs.map((codec) => {
    if (codec.startsWith("avc1") || codec === "h264") return "H.264";
    if (codec.startsWith("mp4a")) return "AAC";
    return codec === "opus" ? "Opus" : codec.toUpperCase();
  });
  return names.join(" + ");
}

export function ReadyList({ facts }: { facts: readonly ReadyFact[] }) {
  const { t } = useText();
  const missing = facts.filter((fact) => !fact.ok).length;
  return (
    <>
      <div className="ready-head">
        <h2 className="h3">{missing === 0 ? t("studio.allReady") : t("studio.missing", { count: missing })}</h2>
        <p className="small muted">{missing === 0 ? t("studio.readyText") : t("studio.missingText")}</p>
      </div>
      <ul className="ready scroll">
        {facts.map((fact) => (
          <li key={fact.key} className={fact.ok ? "" : "wait"}>
            <Icon name={fact.ok ? "check" : "warn"} />
            <div>
              <p className="strong">{fact.name}</p>
              <p className={fact.ok ? "tiny muted" : "tiny"}>{fact.fact}</p>
            </div>
            {fact.mend && (
              <Button variant="quiet" size="sm" onClick={fact.mend}>
                {t("ready.fix")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
