import { useEffect, useState, useSyncExternalStore } from "react";
import { offerLine } from "../attend/lines.ts";
import { LiveRoom, type RoomView } from "./live.ts";

/** Joins a room while the page is shown; undefined for the moment before. */
export function useLiveRoom(room: string, event: string): LiveRoom | undefined {
  const [live, setLive] = useState<LiveRoom>();
  useEffect(() => {
    const opened = new LiveRoom(room, { event });
    opened.open();
    setLive(opened);
    const takeBack = offerLine(event, opened);
    opened.onOver(takeBack);
    return () => {
      takeBack();
      opened.close();
    };
  }, [room, event]);
  return live?.room === room ? live : undefined;
}

/** What the room shows now. */
export function useRoomView(live: LiveRoom): RoomView {
  return useSyncExternalStore(live.subscribe, live.current);
}
