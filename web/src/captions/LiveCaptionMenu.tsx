import type { LiveRoom } from "../rooms/live.ts";
import { CaptionMenu } from "./CaptionMenu.tsx";
import { useCaptionSettings } from "./settings.ts";
import { useLiveCaptions } from "./useLiveCaptions.ts";

/** The room's tool for captions; there as soon as somebody captions the stage. */
export function LiveCaptionMenu({ live, broadcast }: { live: LiveRoom; broadcast: string | null | undefined }) {
  const { languages } = useLiveCaptions(live, broadcast);
  const { on } = useCaptionSettings();
  return languages.length === 0 && !on ? null : <CaptionMenu languages={languages} look="tool" />;
}
