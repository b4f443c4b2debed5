import { useState } from "react";
import { SpeechCaptions } from "../captions/SpeechCaptions.tsx";
import { EndBroadcastDocument } from "../gql/graphql.ts";
import { Badge, Button, ButtonLink, Icon, LiveBadge, useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { formatTime } from "../platform/time/format.ts";
import { useVisitorZone, zoneLabel } from "../platform/time/zones.ts";
import { sessionNow, sessionsToCome } from "../rooms/agenda.ts";
import { clock, useNow } from "../rooms/time.ts";
import { EndDialog } from "../stage/EndDialog.tsx";
import { spotOf } from "../stage/plan.ts";
import { UplinkBadge } from "../stage/UplinkBadge.tsx";
import { CardDialog } from "./CardDialog.tsx";
import { ClipDialog } from "./ClipDialog.tsx";
import { ConsolePanel } from "./ConsolePanel.tsx";
import { ConsolePeople } from "./ConsolePeople.tsx";
import { ConsoleStrip } from "./ConsoleStrip.tsx";
import { DeviceTools } from "./DeviceTools.tsx";
import { LayoutBar } from "./LayoutBar.tsx";
import { OffAir } from "./OffAir.tsx";
import { Programme } from "./Programme.tsx";
import { SlidesDialog } from "./SlidesDialog.tsx";
import { StartStrip } from "./StartStrip.tsx";
import { StudioTop } from "./StudioTop.tsx";
import { TimerDialog } from "./TimerDialog.tsx";
import { useText } from "./text.ts";
import type { Backstage } from "./useBackstage.ts";
import { Voices } from "./Voices.tsx";

type Sheet = "timer" | "card" | "slides" | "clip" | undefined;

/** The producer's desk: who waits, what the audience sees, and everything that changes it. */
export function ConsoleFrame({ backstage }: { backstage: Backstage }) {
  const { t } = useText();
  const now = useNow();
  const zone = useVisitorZone();
  const [sheet, setSheet] = useState<Sheet>();
  const [ending, setEnding] = useState(false);
  const [mention, setMention] = useState<{ name: string }>();
  const { room, plan, people, studio, direct, stage, stageView, you, refresh } = backstage;
  const { stage: status, watching, present } = stageView.log;
  const hosting = studio.phase === "live" || studio.phase === "ending";
  const live = hosting || status.state === "live" || status.state === "interrupted";
  const startedAt = status.startedAt ?? studio.startedAt ?? now;
  const session = sessionNow(room.sessions, now) ?? sessionsToCome(room.sessions, now)[0];
  const spot = spotOf(plan, you.id);
  const toast = useToast();
  const close = () => setSheet(undefined);
  const end = async () => {
    if (hosting) return studio.end();
    if (!status.broadcast) return;
    await send(EndBroadcastDocument, { id: status.broadcast }).catch((error: unknown) =>
      toast({ text: refusalOf(error).message, icon: "warn" }),
    );
  };
  return (
    <>
      <a className="skip" href="#main">
        {t("skipToStage")}
      </a>
      <div className="st console" data-on-air={live || undefined}>
        <StudioTop
          back={hosting ? undefined : `/e/${room.event.slug}/rooms/${room.slug}`}
          title={room.name}
          beside={session?.title}
          line={
            session
              ? t("console.starts", {
                  time: `${formatTime(session.startsAt, zone)} (${zoneLabel(zone, new Date(session.startsAt))})`,
                })
              : t("console.noSession")
          }
          audience={live ? watching : present}
          live={live}
          health={studio.uplink && <UplinkBadge uplink={studio.uplink} />}
        >
          {live ? (
            <>
              <LiveBadge>
                {t("live")} <span className="num">{clock(now - startedAt)}</span>
              </LiveBadge>
              <Button
                variant="danger-line"
                size="sm"
                disabled={studio.phase === "ending"}
                aria-label={t("console.end")}
                onClick={() => setEnding(true)}
              >
                <span>
                  <span className="only-s">{t("console.endShort")}</span>
                  <span className="hide-s">{t("console.end")}</span>
                </span>
              </Button>
            </>
          ) : (
            <>
              <ButtonLink
                href={`/e/${room.event.slug}/studio/${room.slug}/sources`}
                variant="ghost"
                size="sm"
                icon
                aria-label={t("console.sources")}
              >
                <Icon name="ext" />
              </ButtonLink>
              <Badge tone="outline">{t("notLive")}</Badge>
            </>
          )}
        </StudioTop>
        <ConsolePeople plan={plan} people={people} direct={direct} onMention={(name) => setMention({ name })} />
        <main id="main" className="mid">
          {studio.phase === "ended" ? (
            <OffAir room={room} studio={studio} refresh={refresh} />
          ) : (
            <>
              <Programme backstage={backstage} live={live} />
              <LayoutBar layout={plan.layout} onLayout={(layout) => void direct.layout(layout)}>
                <Button variant={plan.clip ? "solid" : "ghost"} size="sm" onClick={() => setSheet("clip")}>
                  <Icon name="play" />
                  {plan.clip ? t("clip.playing") : t("clip.open")}
                </Button>
                <Button variant={plan.card ? "solid" : "ghost"} size="sm" onClick={() => setSheet("card")}>
                  <Icon name="card" />
                  {plan.card ? t("card.shown") : t("card.open")}
                </Button>
              </LayoutBar>
              {live ? (
                <ConsoleStrip plan={plan} stage={stage} view={stageView} studio={studio} />
              ) : (
                <StartStrip studio={studio} view={stageView} session={session} onGoLive={studio.goLive} />
              )}
            </>
          )}
        </main>
        <ConsolePanel backstage={backstage} live={live} mention={mention} />
        <footer className="sbot">
          <div className="row">
            <p className="small muted" role="status">
              {spot ? (live ? t("console.youSeen") : t("console.youOn")) : t("console.youProducing")}
            </p>
          </div>
          <div className="mid2">
            <DeviceTools studio={studio} mutedByCrew={spot?.muted ?? false} />
            <SpeechCaptions
              room={room.id}
              speaker={you.name}
              heard={stageView.log.stage.state === "live" && spot !== undefined && !spot.muted && !studio.muted}
            />
            <button type="button" className="tool" onClick={() => setSheet("slides")}>
              <Icon name="slides" />
              {t("slides.tool")}
            </button>
            <button type="button" className="tool" onClick={() => setSheet("timer")}>
              <Icon name="timer" />
              {t("timer.tool")}
            </button>
          </div>
          <div className="row" />
        </footer>
      </div>
      <TimerDialog open={sheet === "timer"} plan={plan} direct={direct} onClose={close} />
      <CardDialog open={sheet === "card"} plan={plan} direct={direct} clips={room.stage?.clips ?? []} onClose={close} />
      <SlidesDialog open={sheet === "slides"} backstage={backstage} onClose={close} />
      <ClipDialog open={sheet === "clip"} backstage={backstage} onClose={close} />
      <EndDialog
        open={ending}
        watching={watching}
        onStay={() => setEnding(false)}
        onEnd={() => {
          setEnding(false);
          void end();
        }}
      />
      <Voices plan={plan} people={people} stageVolume={1} />
    </>
  );
}
