import { formatTime } from "../platform/time/format.ts";
import { zoneLabel } from "../platform/time/zones.ts";
import { useText } from "./text.ts";

/** What time it is here, and at the event when that is elsewhere. */
export function Zones({ now, own, event }: { now: number; own: string; event: string }) {
  const { t } = useText();
  const at = new Date(now);
  return (
    <p className="small muted num">
      {formatTime(at.toISOString(), own)} <span className="tiny">{zoneLabel(own, at)}</span>
      {event !== own && (
        <>
          {" · "}
          {formatTime(at.toISOString(), event)} <span className="tiny">{t("atEvent")}</span>
        </>
      )}
    </p>
  );
}
