import { PeerVideo } from "../calls/PeerVideo.tsx";
import { Avatar, Icon } from "../platform/components/index.ts";
import { useText } from "./text.ts";

interface TalkTileProps {
  name: string;
  /** On the plate: a first name, or "You". */
  plate: string;
  picture?: string | null | undefined;
  /** What is to be seen; undefined when the camera is off. */
  camera: MediaStream | undefined;
  you?: boolean;
  speaking: boolean;
  muted: boolean;
  /** Why there is neither picture nor voice yet, or not at the moment. */
  trouble?: "coming" | "lost" | "weak" | undefined;
  onSized?: (height: number) => void;
}

/** Somebody in the call: the picture, or the face when the camera is off, and how they are. */
export function TalkTile({ name, plate, picture, camera, you, speaking, muted, trouble, onSized }: TalkTileProps) {
  const { t } = useText();
  const classes = ["tile", you && "self", speaking && "talking", !camera && "off", trouble === "lost" && "poor"];
  return (
    <div className={classes.filter(Boolean).join(" ")} data-testid={you ? "tile-self" : "tile"} data-name={name}>
      {camera ? (
        <PeerVideo
          stream={camera}
          label={t("talk.cameraOf", { name })}
          muted
          className={you ? "self-video" : "peer-video"}
          {...(onSized && { onSized })}
        />
      ) : (
        <div className="face">
          <Avatar name={name} photoUrl={picture ?? null} size="xl" />
        </div>
      )}
      <span className="plate">
        {speaking ? (
          <span className="eq" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
        ) : (
          <Icon name={muted ? "micoff" : "mic"} />
        )}
        {plate}
        {muted && <span className="sr">, {t("talk.muted")}</span>}
        {trouble && <span className="how">· {t(`talk.${trouble}`)}</span>}
      </span>
    </div>
  );
}
