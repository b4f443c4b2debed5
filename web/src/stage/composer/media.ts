import type { CallPeer } from "../../calls/callNow";
import type { PersonMedia } from "../composition/scene";

/** What the peers of a call send, as the compositor takes it. A camera that its owner switched off is none: the last frame of it would stand still. */
export function mediaOf(peers: readonly Pick<CallPeer, "person" | "tracks">[]): PersonMedia[] {
  return peers.map(({ person, tracks }) => {
    const stream = (kind: string) => tracks.find((track) => track.kind === kind && !track.muted)?.stream;
    return { person, camera: stream("camera"), microphone: stream("microphone"), screen: stream("screen") };
  });
}
