import { useSyncExternalStore } from "react";
import { Button, FormError, Icon } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import type { Session } from "../rooms/agenda.ts";
import type { RoomView } from "../rooms/live.ts";
import { clock, useNow } from "../rooms/time.ts";
import { useText } from "./text.ts";
import { BEHIND_MS } from "./UplinkBadge.tsx";
import type { Uplink } from "./uplink.ts";
import type { Studio } from "./useStudio.ts";

/** The ring is full this long before the start. */
const RING_MS = 30 * 60_000;
/** Farther away than this, the start is no countdown. */
const COUNTDOWN_MS = 12 * 60 * 60_000;

interface StartStripProps {
  studio: Studio;
  view: RoomView;
  session: Session | undefined;
}

/** Before going live: how long to the start, who waits, and the one red button. */
export function StartStrip({ studio, view, session }: StartStripProps) {
  const { t } = useText();
  const now = useNow();
  const until = session ? new Date(session.startsAt).getTime() - now : undefined;
  const counting = until !== undefined && Math.abs(until) < COUNTDOWN_MS;
  const present = view.log.present;
  const taken = view.log.stage.state === "live" ? view.log.stage.speaker : undefined;
  return (
    <div className="strip-place">
      {studio.refusal && (
        <FormError>
          {studio.refusal.code === "cannot-record" ? t("ready.recordingNone") : studio.refusal.message}
        </FormError>
      )}
      {taken && <p className="small muted">{t("studio.otherLive", { name: taken })}</p>}
      <div className="strip go">
        <div className="row">
          {counting && until > 0 ? (
            <>
              <div
                className="ring"
                style={{ "--v": Math.min(1, until / RING_MS), "--s": "64px", "--w": 6 } as React.CSSProperties}
              >
                <svg viewBox="0 0 100 100" aria-hidden="true">
                  <circle cx="50" cy="50" r="46" pathLength="100" />
                  <circle cx="50" cy="50" r="46" pathLength="100" />
                </svg>
                <span className="ring-time">{clock(until)}</span>
              </div>
              <p className="strong">{t("studio.toStart")}</p>
            </>
          ) : (
            <p className="strong">{counting ? t("studio.overdue") : t("studio.anyTime")}</p>
          )}
        </div>
        <div className="strip-room hide-s">
          <p className="strong">{t("studio.inRoom", { count: present, number: formatNumber(present) })}</p>
          <p className="tiny muted">{t("studio.inRoomText")}</p>
        </div>
        <div className="row gob">
          <Button variant="live" size="lg" pending={studio.phase === "opening"} onClick={studio.goLive}>
            <Icon name="live" />
            {studio.phase === "opening" ? t("studio.opening") : t("studio.goLive")}
          </Button>
        </div>
      </div>
    </div>
  );
}

interface AirStripProps {
  studio: Studio;
  uplink: Uplink;
  view: RoomView;
  startedAt: number;
}

/** On air: time, the audience's delay, and whether everything gets out. */
export function AirStrip({ studio, uplink, view, startedAt }: AirStripProps) {
  const { t } = useText();
  const now = useNow();
  const health = useSyncExternalStore(uplink.subscribe, uplink.current);
  const latency = view.log.latencyMs;
  const behind = health.unacknowledgedMs / 1000;
  const lost = health.state === "reconnecting";
  const slow = health.unacknowledgedMs > BEHIND_MS;
  const note =
    studio.phase === "ending" ? t("studio.ending") : lost ? t("studio.lostText") : slow ? t("studio.slowText") : "";
  return (
    <div className="strip-place">
      {note && (
        <p className="line-note warn" role="status">
          <span className="run" aria-hidden="true" />
          {note}
        </p>
      )}
      <dl className="strip air" data-testid="air-strip">
        <div className="stat">
          <dt className="tiny muted">{t("studio.time")}</dt>
          <dd className="h3 num">{clock(now - startedAt)}</dd>
        </div>
        <div className="stat">
          <dt className="tiny muted">{t("studio.latency")}</dt>
          <dd className="h3 num" data-testid="audience-latency">
            {latency === undefined
              ? t("studio.latencyUnknown")
              : t("studio.seconds", { value: (latency / 1000).toFixed(1) })}
          </dd>
        </div>
        <div className="stat">
          <dt className="tiny muted">{t("studio.upload")}</dt>
          <dd className="h3 num">{t("studio.kbps", { value: formatNumber(Math.round(health.kbps)) })}</dd>
          <dd className="tiny muted num">
            {slow ? t("studio.behind", { value: behind.toFixed(1) }) : t("studio.allSent")}
          </dd>
        </div>
      </dl>
    </div>
  );
}
