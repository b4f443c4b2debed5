import "./call.css";
import type { ReactNode } from "react";
import { Icon } from "../platform/components/index.ts";
import { CallTile } from "./CallTile.tsx";
import type { CallPeer } from "./callNow.ts";
import { wantsCamera } from "./cameras.ts";
import { useCallText } from "./text.ts";
import type { Conversation } from "./useConversation.ts";

/** More are not shown at once: who speaks is among them. */
const MOST_TILES = 8;

interface CallTilesProps {
  conversation: Conversation;
  /** One's own name. */
  name: string;
  /** The picture of a person without a camera, one's own too. */
  pictureOf?: ((person: string | undefined) => string | null | undefined) | undefined;
  /** In the place of the others while nobody is there. */
  waiting?: ReactNode;
  /** Lies over the tiles: a clock, a question. */
  children?: ReactNode;
}

/** Everybody in a call, oneself last. */
export function CallTiles({ conversation, name, pictureOf, waiting, children }: CallTilesProps) {
  const { t } = useCallText();
  const { call, now, camera, muted, cameraWanted, cameraShown, microphone } = conversation;
  const shown = foremost(conversation.peers, MOST_TILES - 1);
  return (
    <div className="call-tiles" role="group" aria-label={t("tiles")} data-count={Math.max(2, shown.length + 1)}>
      {shown.map((peer) => (
        <CallTile
          key={peer.peer}
          name={peer.name}
          picture={pictureOf?.(peer.person)}
          camera={cameraOf(peer)}
          talking={peer.speaking}
          muted={isMuted(peer)}
          wants={wantsCamera(peer) && !cameraOf(peer)}
          link={peer.link}
          quality={peer.quality}
          onSized={(height) => call?.sized(peer.peer, "camera", height)}
        />
      ))}
      {shown.length === 0 && (
        <div className="tile off call-alone">
          {waiting ?? (
            <p>
              <b className="strong">{t("alone")}</b>
              <br />
              <span className="small muted">{t("aloneText")}</span>
            </p>
          )}
        </div>
      )}
      <CallTile
        you
        name={name}
        picture={pictureOf?.(undefined)}
        camera={cameraWanted ? camera.stream : undefined}
        hidden={cameraWanted && !cameraShown}
        muted={muted || now.silenced || !!microphone.trouble}
        quality={now.uplink}
      >
        {cameraWanted && camera.stream && !cameraShown && (
          <span className="flag badge">
            <Icon name="eye" />
            {t("show.waits")}
          </span>
        )}
      </CallTile>
      {children}
    </div>
  );
}

const cameraOf = (peer: CallPeer): MediaStream | undefined =>
  peer.tracks.find(({ kind, muted, stream }) => kind === "camera" && !muted && stream)?.stream;

const isMuted = (peer: CallPeer): boolean =>
  peer.silenced || !peer.tracks.some(({ kind, muted }) => kind === "microphone" && !muted);

/** The first so many; of more, who speaks takes the place of who was last. */
function foremost(peers: readonly CallPeer[], most: number): readonly CallPeer[] {
  if (peers.length <= most) return peers;
  const speaking = peers.slice(most).filter((peer) => peer.speaking);
  return [...peers.slice(0, most - speaking.length), ...speaking.slice(0, most)];
}
