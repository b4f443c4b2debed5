import { useSyncExternalStore } from "react";
import { Badge } from "../platform/components/index.ts";
import { useText } from "./text.ts";
import type { Uplink } from "./uplink.ts";

/** More recording than this on its way means that the upload is slower than the picture, in milliseconds. */
export const BEHIND_MS = 4_000;

/** How the stream is doing, in a word. */
export function UplinkBadge({ uplink }: { uplink: Uplink }) {
  const { t } = useText();
  const { state, unacknowledgedMs } = useSyncExternalStore(uplink.subscribe, uplink.current);
  if (state === "reconnecting") {
    return (
      <Badge tone="warning" icon="weak">
        {t("studio.healthLost")}
      </Badge>
    );
  }
  if (unacknowledgedMs > BEHIND_MS) {
    return (
      <Badge tone="warning" icon="weak">
        {t("studio.healthSlow")}
      </Badge>
    );
  }
  if (state !== "sending") return null;
  return (
    <span className="hide-s">
      <Badge tone="success" icon="signal">
        {t("studio.healthGood")}
      </Badge>
    </span>
  );
}
