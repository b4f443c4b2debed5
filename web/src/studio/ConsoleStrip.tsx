import { useSyncExternalStore } from "react";
import type { LiveRoom, RoomView } from "../rooms/live.ts";
import type { Plan } from "../stage/plan.ts";
import { BEHIND_MS } from "../stage/UplinkBadge.tsx";
import type { Uplink } from "../stage/uplink.ts";
import type { Studio } from "../stage/useStudio.ts";
import { Pulse } from "./Pulse.tsx";
import { useText } from "./text.ts";
import { TimerRing } from "./UpNext.tsx";

interface ConsoleStripProps {
  plan: Plan;
  stage: LiveRoom;
  view: RoomView;
  studio: Studio;
}

/** On air: the time that is left, what is on stage, and how the audience is. */
export function ConsoleStrip({ plan, stage, view, studio }: ConsoleStripProps) {
  const { t } = useText();
  const latency = view.log.latencyMs;
  const names = plan.on.filter((spot) => spot.kind === "person").map((spot) => spot.name);
  return (
    <div className="strip-place">
      {studio.uplink && <Trouble uplink={studio.uplink} ending={studio.phase === "ending"} />}
      <div className="strip">
        <div className="row">
          {plan.timer ? (
            <>
              <TimerRing plan={plan} size={64} />
              <p className="strong">{plan.timer.label}</p>
            </>
          ) : (
            <p className="muted small">{t("strip.noTimer")}</p>
          )}
        </div>
        <div className="hide-s">
          <p className="tiny muted">{t("strip.onStage")}</p>
          {plan.banner ? (
            <p className="small">
              {plan.banner.by && <b className="strong">{plan.banner.by}: </b>}
              {plan.banner.text}
            </p>
          ) : (
            <p className="small strong">{plan.card?.title ?? (names.join(", ") || t("strip.nobody"))}</p>
          )}
        </div>
        <div className="row strip-audience">
          <div className="hide-s">
            <p className="tiny muted">{t("strip.latency")}</p>
            <p className="strong num" data-testid="audience-latency">
              {latency === undefined
                ? t("strip.measuring")
                : t("strip.seconds", { value: (latency / 1000).toFixed(1) })}
            </p>
          </div>
          <Pulse live={stage} />
        </div>
      </div>
    </div>
  );
}

function Trouble({ uplink, ending }: { uplink: Uplink; ending: boolean }) {
  const { t } = useText();
  const health = useSyncExternalStore(uplink.subscribe, uplink.current);
  const note = ending
    ? t("strip.ending")
    : health.state === "reconnecting"
      ? t("strip.lost")
      : health.unacknowledgedMs > BEHIND_MS
        ? t("strip.slow")
        : "";
  return (
    <div role="status">
      {note && (
        <p className="line-note warn">
          <span className="run" aria-hidden="true" />
          {note}
        </p>
      )}
    </div>
  );
}
