import { useState } from "react";
import { Badge, Button, ButtonLink, Icon, LiveBadge } from "../platform/components/index.ts";
import { formatNumber, formatTime } from "../platform/time/format.ts";
import { useVisitorZone, zoneLabel } from "../platform/time/zones.ts";
import { sessionNow, sessionsToCome } from "../rooms/agenda.ts";
import type { LiveRoom } from "../rooms/live.ts";
import { clock, useNow } from "../rooms/time.ts";
import { useRoomView } from "../rooms/useLiveRoom.ts";
import { EndDialog } from "./EndDialog.tsx";
import { OffAir } from "./OffAir.tsx";
import { Programme } from "./Programme.tsx";
import { StudioBar } from "./StudioBar.tsx";
import type { StudioRoom } from "./StudioPage.tsx";
import { StudioPanel } from "./StudioPanel.tsx";
import { StudioSelf } from "./StudioSelf.tsx";
import { AirStrip, StartStrip } from "./StudioStrip.tsx";
import { useText } from "./text.ts";
import { UplinkBadge } from "./UplinkBadge.tsx";
import type { Studio } from "./useStudio.ts";

interface StudioFrameProps {
  room: StudioRoom;
  name: string;
  studio: Studio;
  live: LiveRoom;
  refresh: () => void;
}

/** Backstage and on air: one frame for both, neutral before, red while everybody sees it. */
export function StudioFrame({ room, name, studio, live, refresh }: StudioFrameProps) {
  const { t } = useText();
  const now = useNow();
  const zone = useVisitorZone();
  const view = useRoomView(live);
  const [ending, setEnding] = useState(false);
  const onAir = studio.phase === "live" || studio.phase === "ending";
  const session = sessionNow(room.sessions, now) ?? sessionsToCome(room.sessions, now)[0];
  const startedAt = view.log.stage.startedAt ?? studio.startedAt ?? now;
  const people = onAir ? view.log.watching : view.log.present;
  return (
    <>
      <a className="skip" href="#main">
        {t("studio.skip")}
      </a>
      <div className="st" data-on-air={onAir || undefined}>
        <header className="stop">
          {!onAir && (
            <ButtonLink
              href={`/e/${room.event.slug}/rooms/${room.slug}`}
              variant="ghost"
              size="sm"
              icon
              aria-label={t("back")}
            >
              <Icon name="left" />
            </ButtonLink>
          )}
          <div className="grow">
            <h1 className="strong trunc room-title">
              {room.name} {session && <span className="muted hide-s">· {session.title}</span>}
            </h1>
            <p className="tiny muted trunc">
              {session
                ? t("studio.startsAt", {
                    time: `${formatTime(session.startsAt, zone)} (${zoneLabel(zone, new Date(session.startsAt))})`,
                  })
                : t("studio.noSession")}
            </p>
          </div>
          {studio.uplink && <UplinkBadge uplink={studio.uplink} />}
          <span className="badge" data-testid="audience">
            <Icon name="people" />
            <span className="num">
              {onAir
                ? t("studio.viewers", { count: people, number: formatNumber(people) })
                : t("studio.waiting", { count: people, number: formatNumber(people) })}
            </span>
          </span>
          {onAir ? (
            <>
              <LiveBadge>
                {t("studio.live")} <span className="num">{clock(now - startedAt)}</span>
              </LiveBadge>
              <Button
                variant="danger-line"
                size="sm"
                disabled={studio.phase === "ending"}
                onClick={() => setEnding(true)}
              >
                <span>
                  <span className="only-s">{t("studio.end")}</span>
                  <span className="hide-s">{t("studio.endBroadcast")}</span>
                </span>
              </Button>
            </>
          ) : (
            <Badge tone="outline">{t("studio.notLive")}</Badge>
          )}
        </header>
        <StudioSelf name={name} studio={studio} view={view} />
        <main id="main" className="mid">
          {studio.phase === "ended" ? (
            <OffAir room={room} studio={studio} refresh={refresh} />
          ) : (
            <>
              <Programme studio={studio} />
              {onAir && studio.uplink ? (
                <AirStrip studio={studio} uplink={studio.uplink} view={view} startedAt={startedAt} />
              ) : (
                <StartStrip studio={studio} view={view} session={session} />
              )}
            </>
          )}
        </main>
        <StudioPanel studio={studio} live={live} view={view} container={room.stage?.container ?? "video/mp4"} />
        <StudioBar studio={studio} />
      </div>
      <EndDialog
        open={ending}
        watching={view.log.watching}
        onStay={() => setEnding(false)}
        onEnd={() => {
          setEnding(false);
          studio.end();
        }}
      />
    </>
  );
}
