import type { LiveRoom } from "../rooms/live.ts";
import { CaptionOverlay } from "./CaptionOverlay.tsx";
import { useLiveCaptions } from "./useLiveCaptions.ts";

interface LiveCaptionOverlayProps {
  live: LiveRoom;
  broadcast: string | null | undefined;
  /** The moment that the player shows, in Unix milliseconds. Must stay the same function. */
  playing: () => number | undefined;
}

/** What is being said, over the picture of the stage. */
export function LiveCaptionOverlay({ live, broadcast, playing }: LiveCaptionOverlayProps) {
  const { language, shown } = useLiveCaptions(live, broadcast, playing);
  return <CaptionOverlay language={language} lines={shown} />;
}
