import { useState } from "react";
import { SpeechCaptions } from "../captions/SpeechCaptions.tsx";
import { LevelMeter } from "../devices/LevelMeter.tsx";
import { useNetwork } from "../devices/useNetwork.ts";
import { Badge, Button, Icon, LiveBadge } from "../platform/components/index.ts";
import { useVisitorZone } from "../platform/time/zones.ts";
import { clock, useNow } from "../rooms/time.ts";
import { spotOf } from "../stage/plan.ts";
import { CrewPanel } from "./CrewPanel.tsx";
import { DeviceTools } from "./DeviceTools.tsx";
import { OwnSlides } from "./OwnSlides.tsx";
import { PersonTile } from "./PersonTile.tsx";
import { isCrew, waiting } from "./people.ts";
import { StagePicture } from "./StagePicture.tsx";
import { StudioTop } from "./StudioTop.tsx";
import { useText } from "./text.ts";
import { UpNext } from "./UpNext.tsx";
import type { Backstage } from "./useBackstage.ts";
import { Voices } from "./Voices.tsx";
import { Wrong } from "./Wrong.tsx";
import { Zones } from "./Zones.tsx";

/** How loud the stage is backstage: off, so low that one can talk over it, or as it is. */
const VOLUMES = [
  { name: "off", volume: 0 },
  { name: "low", volume: 0.25 },
  { name: "full", volume: 1 },
] as const;

interface BackstageFrameProps {
  backstage: Backstage;
  onLeave: () => void;
  /** Given to who may take the desk. */
  onRun: (() => void) | undefined;
}

/** A speaker's own place backstage: what is next, the stage, oneself, the others, and the crew's chat. */
export function BackstageFrame({ backstage, onLeave, onRun }: BackstageFrameProps) {
  const { t } = useText();
  const now = useNow();
  const zone = useVisitorZone();
  const network = useNetwork();
  const [volume, setVolume] = useState(1);
  const { room, you, plan, people, studio, direct, stageView, crew } = backstage;
  const { stage, watching, present } = stageView.log;
  const live = stage.state === "live" || stage.state === "interrupted";
  const self = people.find((somebody) => somebody.you);
  const spot = spotOf(plan, you.id);
  const others = waiting(plan, people).filter((somebody) => !somebody.you);
  const hearing = VOLUMES[volume] ?? VOLUMES[1];
  return (
    <>
      <a className="skip" href="#crew">
        {t("skipToCrew")}
      </a>
      <div className="st two bs" data-on-air={(live && spot && true) || undefined}>
        <StudioTop
          back={spot ? undefined : `/e/${room.event.slug}/rooms/${room.slug}`}
          title={t("backstage.title")}
          beside={room.name}
          line={live && spot ? t("backstage.seen") : t("backstage.unseen")}
          audience={live ? watching : present}
          live={live}
          health={
            network.grade !== "wait" && (
              <span className="hide-s">
                <Badge
                  tone={network.grade === "weak" ? "warning" : "success"}
                  icon={network.grade === "weak" ? "weak" : "signal"}
                >
                  {t(`backstage.network.${network.grade}`)}
                </Badge>
              </span>
            )
          }
        >
          {live ? (
            <LiveBadge>
              {t("live")} {stage.startedAt && <span className="num">{clock(now - stage.startedAt)}</span>}
            </LiveBadge>
          ) : (
            <Badge tone="outline">{t("notLive")}</Badge>
          )}
        </StudioTop>
        <main id="main" className="mid bmid">
          <UpNext
            plan={plan}
            you={you}
            live={live}
            onReady={direct.ready}
            onLeaveStage={() => spot && direct.takeOff(spot.spot)}
          />
          <div className="pair2">
            <section aria-labelledby="on-stage-now">
              <p className="ttl">
                <span id="on-stage-now">{t("backstage.onStage")}</span>
                <Button
                  variant="ghost"
                  size="sm"
                  aria-label={t("backstage.stageSound", { volume: t(`backstage.volume.${hearing.name}`) })}
                  onClick={() => setVolume((before) => (before + 1) % VOLUMES.length)}
                >
                  <Icon name="speaker" />
                  {t(`backstage.volume.${hearing.name}`)}
                </Button>
              </p>
              <div className={live ? "mon air" : "mon"} data-testid="stage-monitor">
                <StagePicture plan={plan} compositor={studio.compositor} label={t("backstage.onStage")} />
                {live && (
                  <span className="badge live c1">
                    <span className="dot" />
                    {t("onAir")}
                  </span>
                )}
              </div>
            </section>
            <section aria-labelledby="self-title">
              <p className="ttl">
                <span id="self-title">{t("backstage.you")}</span>{" "}
                <span className="muted ttl-count">{t("backstage.asSeen")}</span>
              </p>
              {self && (
                <PersonTile
                  person={{ ...self, muted: self.muted || (spot?.muted ?? false) }}
                  className={live && spot ? "selfv air" : "selfv"}
                  flag={spot ? (live ? t("onAir") : t("backstage.onStageFlag")) : t("backstage.offStage")}
                >
                  <div className="mt">
                    <LevelMeter analyser={studio.compositor.analyser} muted={studio.muted} />
                  </div>
                </PersonTile>
              )}
            </section>
          </div>
          <section aria-labelledby="with-you">
            <p className="ttl">
              <span id="with-you">{t("backstage.withYou")}</span>{" "}
              <span className="muted ttl-count">{spot ? t("backstage.youHearStage") : t("backstage.youHear")}</span>
            </p>
            <div className="others">
              {others.map((somebody) => (
                <PersonTile
                  key={somebody.peer}
                  person={somebody}
                  flag={
                    somebody.person === plan.next?.person
                      ? t("backstage.nextUp")
                      : isCrew(somebody.role)
                        ? t(`role.${somebody.role}`)
                        : undefined
                  }
                />
              ))}
              {others.length === 0 && <p className="muted small others-none">{t("backstage.alone")}</p>}
              <OwnSlides backstage={backstage} />
            </div>
          </section>
        </main>
        <CrewPanel backstage={backstage} />
        <footer className="sbot">
          <div className="row">
            <Zones now={now} own={zone} event={room.event.timeZone} />
          </div>
          <div className="mid2">
            <DeviceTools studio={studio} mutedByCrew={spot?.muted ?? false} />
            <SpeechCaptions
              room={room.id}
              speaker={you.name}
              heard={stageView.log.stage.state === "live" && spot !== undefined && !spot.muted && !studio.muted}
            />
            <button type="button" className="tool only-s leave" onClick={onLeave}>
              <Icon name="leave" />
              {t("leave")}
            </button>
          </div>
          <div className="row end">
            {onRun && (
              <Button variant="ghost" onClick={onRun}>
                {t("backstage.run")}
              </Button>
            )}
            <Wrong name={you.name} onTell={(text) => crew.post(text)} />
            <button type="button" className="tool leave" onClick={onLeave}>
              <Icon name="leave" />
              {t("leave")}
            </button>
          </div>
        </footer>
      </div>
      <Voices plan={plan} people={people} stageVolume={hearing.volume} />
    </>
  );
}
