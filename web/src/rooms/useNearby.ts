import { useEffect, useRef, useState } from "react";
import type { Nearby } from "../calls/nearby.ts";
import type { LiveRoom } from "./live.ts";
import { useRoomView } from "./useLiveRoom.ts";

/** What of the stage arrives without delay. */
export interface NearPicture {
  stream: MediaStream;
  /** It is shown as high as this, in CSS pixels. */
  sized: (height: number) => void;
  /** It stands still. */
  stands: () => void;
}

/** Takes a seat near the stage while there are more of them than people, and as long as the picture is wanted. */
export function useNearby(live: LiveRoom, wanted: boolean): NearPicture | undefined {
  const { stage, present } = useRoomView(live).log;
  const [stream, setStream] = useState<MediaStream>();
  const seat = useRef<Nearby>(undefined);
  const seats = (wanted && stage.state === "live" && stage.seats) || 0;
  const { broadcast } = stage;
  // Who has a seat keeps it when it gets crowded.
  const offered = seats > 0 && present <= seats;
  const [seated, setSeated] = useState(false);
  if (offered && !seated) setSeated(true);
  if (!seats && seated) setSeated(false);
  useEffect(() => {
    if (!seated || !broadcast) return;
    let over = false;
    void import("../calls/nearby.ts").then(({ Nearby }) => {
      if (!over) seat.current = new Nearby(live, setStream);
    });
    return () => {
      over = true;
      seat.current?.close();
      seat.current = undefined;
      setStream(undefined);
    };
  }, [live, seated, broadcast]);
  return (
    stream && {
      stream,
      sized: (height) => seat.current?.sized(height),
      stands: () => seat.current?.stands(),
    }
  );
}
