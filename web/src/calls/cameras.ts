import type { CallPeer } from "./callNow";

/** `mutual`: nobody is seen before everybody in the call wants it. `free`: everybody decides for themselves. */
export type CameraRule = "mutual" | "free";

/** Shows a camera, or would: who only would is told of by a muted track. */
export const wantsCamera = ({ tracks }: Pick<CallPeer, "tracks">): boolean =>
  tracks.some(({ kind }) => kind === "camera");

/** Shows a camera. */
export const showsCamera = ({ tracks }: Pick<CallPeer, "tracks">): boolean =>
  tracks.some(({ kind, muted }) => kind === "camera" && !muted);

/** Whether our camera goes out. Once it does, it does until we switch it off, whatever the others do; but never to somebody new who does not want cameras. */
export function cameraGoesOut(
  rule: CameraRule,
  wanted: boolean,
  before: readonly string[],
  peers: readonly CallPeer[],
) {
  if (!wanted) return false;
  if (rule === "free") return true;
  return peers.length > 0 && peers.every((one) => before.includes(one.peer) || wantsCamera(one));
}
