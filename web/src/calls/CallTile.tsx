import type { ReactNode } from "react";
import { Avatar, Icon } from "../platform/components/index.ts";
import type { LinkState, Quality } from "./engine.ts";
import { PeerVideo } from "./PeerVideo.tsx";
import { useCallText } from "./text.ts";

interface CallTileProps {
  name: string;
  /** Address of a portrait, for when there is no camera. */
  picture?: string | null | undefined;
  camera?: MediaStream | undefined;
  talking?: boolean | undefined;
  muted?: boolean | undefined;
  /** Would turn cameras on. */
  wants?: boolean | undefined;
  /** Our own: mirrored. */
  you?: boolean | undefined;
  /** Our own camera, which nobody else sees yet. */
  hidden?: boolean | undefined;
  link?: LinkState | undefined;
  quality?: Quality | undefined;
  onSized?: ((height: number) => void) | undefined;
  children?: ReactNode;
}

/** One person of a call: their camera or portrait, their name, and how they are doing, in glyphs and in words. */
export function CallTile(props: CallTileProps) {
  const { t } = useCallText();
  const { name, picture, camera, talking, muted, wants, you, hidden, link = "connected", quality, onSized } = props;
  const lost = link === "interrupted";
  const words = [
    you ? t("tile.you", { name }) : name,
    talking && !muted && t("tile.talking"),
    muted && t("tile.muted"),
    !camera && t("tile.noCamera"),
    wants && t("tile.wants"),
    hidden && t("tile.hidden"),
    lost ? t("tile.interrupted") : link === "connecting" && !you && t("tile.connecting"),
    quality && t(`tile.network.${quality}`),
  ];
  const classes = ["tile", talking && !muted && "talking", !camera && "off", quality === "poor" && "poor"];
  return (
    <figure
      className={[...classes, lost && "lost", you && "you"].filter(Boolean).join(" ")}
      aria-label={words.filter(Boolean).join(", ")}
      data-testid="call-tile"
      data-name={name}
      data-link={link}
      data-quality={quality}
    >
      {camera ? (
        <PeerVideo
          stream={camera}
          label={`${name} camera`}
          muted
          className={you ? "picture mirrored" : "picture"}
          {...(onSized && { onSized })}
        />
      ) : (
        <Avatar name={name} photoUrl={picture ?? null} size="xl" />
      )}
      <span className="plate" aria-hidden="true">
        {talking && !muted ? (
          <span className="eq">
            <i />
            <i />
            <i />
          </span>
        ) : (
          <Icon name={muted ? "micoff" : "mic"} />
        )}
        <span className="trunc">{you ? t("you") : name}</span>
        {wants && !camera && <Icon name="cam" />}
        {quality && quality !== "good" && <Icon name={quality === "poor" ? "weak" : "signal"} />}
        {lost && <Icon name="clock" />}
      </span>
      {props.children}
    </figure>
  );
}
