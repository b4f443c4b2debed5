import "./devices.css";
import { useEffect, useRef } from "react";
import { Avatar, Icon } from "../platform/components/index.ts";
import { useDeviceText } from "./text.ts";

interface SelfViewProps {
  stream: MediaStream | undefined;
  name: string;
  cameraOn: boolean;
  muted: boolean;
  className?: string;
  children?: React.ReactNode;
}

/** One's own camera, mirrored as in a mirror. */
export function SelfView({ stream, name, cameraOn, muted, className, children }: SelfViewProps) {
  const { t } = useDeviceText();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream ?? null;
  }, [stream]);
  const shown = stream !== undefined && cameraOn;
  return (
    <div className={["tile", className, !shown && "off"].filter(Boolean).join(" ")}>
      <video ref={video} className="self-video" autoPlay muted playsInline hidden={!shown} aria-label={t("self")} />
      {!shown && <Avatar name={name} size="lg" />}
      <span className="plate">
        {muted && <Icon name="micoff" />}
        {!cameraOn && <Icon name="camoff" />}
        {name}
      </span>
      {children}
    </div>
  );
}
