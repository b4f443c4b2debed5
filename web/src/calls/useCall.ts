import { useEffect, useState, useSyncExternalStore } from "react";
import type { RoomLine } from "../rooms/live";
import { Call } from "./call";
import type { CallNow } from "./callNow";

/** Enters a room's call, and leaves it with the page; undefined for the moment before. With `wanted` false it stays out. */
export function useCall(live: RoomLine | undefined, { publish = true, wanted = true } = {}): Call | undefined {
  const [call, setCall] = useState<Call>();
  useEffect(() => {
    if (!live || !wanted) return;
    const made = new Call(live, { publish: false });
    made.open();
    setCall(made);
    return () => {
      made.close();
      setCall(undefined);
    };
  }, [live, wanted]);
  useEffect(() => call?.setPublish(publish), [call, publish]);
  return call;
}

/** Sends a stream of this kind while it is there. */
export function useSending(
  call: Call | undefined,
  kind: "camera" | "microphone" | "screen" | "program",
  stream: MediaStream | undefined,
): void {
  useEffect(() => call?.send(kind, stream), [call, kind, stream]);
}

/** What the call shows now. */
export function useCallView(call: Call): CallNow {
  return useSyncExternalStore(call.subscribe, call.current);
}
