import { useEffect, useRef } from "react";
import { Avatar, Icon } from "../platform/components/index.ts";
import type { StagePerson } from "./people.ts";
import { useText } from "./text.ts";

interface PersonTileProps {
  person: StagePerson;
  /** A word in the corner: next up, producer. */
  flag?: string | undefined;
  className?: string;
  children?: React.ReactNode;
}

/** One person's camera with their name; talking, muted, no camera and a weak network are a glyph each, and said in words. */
export function PersonTile({ person, flag, className, children }: PersonTileProps) {
  const { t } = useText();
  const { name, camera, muted, talking, weak, you } = person;
  const state = [talking && "talking", weak && "poor", !camera && "off"];
  const words = [
    you ? t("tile.you", { name }) : name,
    talking && t("tile.talking"),
    muted && t("tile.muted"),
    !camera && t("tile.noCamera"),
    weak && t("tile.weak"),
  ];
  return (
    <figure
      className={["tile", ...state, className].filter(Boolean).join(" ")}
      aria-label={words.filter(Boolean).join(", ")}
      data-person={person.person}
    >
      {camera ? <Picture stream={camera} mirrored={you} /> : <Avatar name={name} size="lg" />}
      <span className="plate" aria-hidden="true">
        {talking && !muted ? (
          <span className="eq">
            <i />
            <i />
            <i />
          </span>
        ) : (
          <Icon name={muted ? "micoff" : weak ? "weak" : "mic"} />
        )}
        {!camera && <Icon name="camoff" />}
        <span className="trunc">{you ? t("tile.youShort") : name}</span>
      </span>
      {flag && <span className="flag badge">{flag}</span>}
      {children}
    </figure>
  );
}

interface PictureProps {
  stream: MediaStream;
  mirrored?: boolean;
  fit?: "cover" | "contain";
}

/** The picture alone. Nobody is heard here: voices come from one place, see Voices. */
export function Picture({ stream, mirrored, fit = "cover" }: PictureProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return (
    <video
      ref={video}
      className="picture"
      data-fit={fit}
      data-mirrored={mirrored || undefined}
      autoPlay
      muted
      playsInline
      tabIndex={-1}
      aria-hidden="true"
    />
  );
}
