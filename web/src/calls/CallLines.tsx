import { type ReactNode, useEffect, useRef, useState } from "react";
import { useDeviceText } from "../devices/text.ts";
import { Button, Icon } from "../platform/components/index.ts";
import type { CallPeer } from "./callNow.ts";
import { showsCamera } from "./cameras.ts";
import { useCallText } from "./text.ts";
import type { Conversation } from "./useConversation.ts";

/** The one thing that is to be known or decided now: what went wrong first, then the cameras. */
export function CallLines({ conversation }: { conversation: Conversation }) {
  const { t } = useCallText();
  const { t: device } = useDeviceText();
  const { now, peers, microphone, camera, asking, cameraWanted, cameraShown } = conversation;
  const lost = peers.find(({ link }) => link === "interrupted");
  const line = (): ReactNode => {
    if (now.state === "over") return <Line icon="leave" title={t("over")} text={now.refusal?.message} />;
    if (now.state === "reconnecting") return <Line warn title={t("reconnecting")} text={t("reconnectingText")} />;
    if (now.state === "entering") return <Line run title={t("entering")} text={t("enteringText")} />;
    if (microphone.trouble)
      return (
        <Line
          icon="micoff"
          warn
          title={t("microphoneTrouble")}
          text={device(`trouble.${microphone.trouble}`, { device: device("device.microphone") })}
        >
          <Button variant="quiet" size="sm" onClick={() => microphone.choose()}>
            {device("again")}
          </Button>
        </Line>
      );
    if (now.silenced) return <Line icon="micoff" title={t("silenced")} />;
    if (now.full) return <Line icon="people" title={t("full")} text={t("fullText")} />;
    if (lost) return <Line warn title={t("interrupted", { name: lost.name })} text={t("interruptedText")} />;
    if (cameraWanted && camera.trouble)
      return (
        <Line
          icon="camoff"
          warn
          title={device(`trouble.${camera.trouble}`, { device: device("device.camera") })}
          text={undefined}
        >
          <Button variant="quiet" size="sm" onClick={() => camera.choose()}>
            {device("again")}
          </Button>
        </Line>
      );
    if (asking)
      return (
        <Line icon="cam" title={t("show.asks", { name: asking.name })} text={t("show.asksText")}>
          <Button variant="ghost" size="sm" onClick={conversation.decline}>
            {t("show.decline")}
          </Button>
          <Button variant="primary" size="sm" onClick={() => conversation.setCameraWanted(true)}>
            {t("show.accept")}
          </Button>
        </Line>
      );
    if (cameraWanted && camera.stream && !cameraShown && peers.length > 0) {
      const name = peers.length === 1 ? peers[0]?.name : t("show.others");
      return <Line icon="eye" title={t("show.waits")} text={t("show.waitsText", { name })} />;
    }
    if (now.uplink === "poor")
      return <Line icon="weak" warn title={t("weakUplink")} text={cameraShown ? t("weakUplinkText") : undefined} />;
    return null;
  };
  return (
    <>
      <div className="call-lines" role="status">
        {line()}
      </div>
      <News peers={peers} state={now.state} />
    </>
  );
}

interface LineProps {
  icon?: "leave" | "micoff" | "camoff" | "people" | "cam" | "eye" | "weak";
  warn?: boolean;
  run?: boolean;
  title: string;
  text?: string | undefined;
  children?: ReactNode;
}

function Line({ icon, warn, run, title, text, children }: LineProps) {
  return (
    <div className={warn ? "next warn" : "next"}>
      {icon ? <Icon name={icon} /> : <span className={warn || run ? "run" : ""} aria-hidden="true" />}
      <p className="grow small">
        <b className="strong">{title}</b> {text && <span className="muted">{text}</span>}
      </p>
      {children}
    </div>
  );
}

/** Says who comes, goes and turns the camera on, to those who do not see it. */
function News({ peers, state }: { peers: readonly CallPeer[]; state: string }) {
  const { t } = useCallText();
  const before = useRef<Map<string, { name: string; shows: boolean }>>(undefined);
  const [news, setNews] = useState("");
  useEffect(() => {
    if (state === "entering") return;
    const here = new Map(peers.map((one) => [one.peer, { name: one.name, shows: showsCamera(one) }]));
    const known = before.current;
    before.current = here;
    if (!known) return;
    const words = [
      ...[...here].filter(([peer]) => !known.has(peer)).map(([, { name }]) => t("news.came", { name })),
      ...[...known].filter(([peer]) => !here.has(peer)).map(([, { name }]) => t("news.left", { name })),
      ...[...here]
        .filter(([peer, { shows }]) => shows && known.get(peer)?.shows === false)
        .map(([, { name }]) => t("news.shows", { name })),
    ];
    if (words.length > 0) setNews(words.join(" "));
  }, [peers, state, t]);
  return (
    <p className="sr" role="status">
      {news}
    </p>
  );
}
