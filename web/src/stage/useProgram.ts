import { useCall, useSending } from "../calls/useCall.ts";
import type { LiveRoom } from "../rooms/live.ts";
import { useRoomView } from "../rooms/useLiveRoom.ts";

/**
 * Sends the finished picture into the stage's own call too, where the server hands it to those who have a seat near the stage. The recording and
 * the playlist do not depend on it.
 */
export function useProgram(stage: LiveRoom, program: MediaStream | undefined): void {
  const { seats } = useRoomView(stage).log.stage;
  const call = useCall(stage, { wanted: !!program && !!seats });
  useSending(call, "program", program);
}
