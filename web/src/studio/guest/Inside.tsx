import { useEffect } from "react";
import { Badge, Button, Icon } from "../../platform/components/index.ts";
import type { LiveRoom } from "../../rooms/live.ts";
import type { GuestPlace, RoomOfPage } from "../../rooms/RoomPage.tsx";
import { useLiveRoom, useRoomView } from "../../rooms/useLiveRoom.ts";
import { EMPTY_PLAN, spotOf } from "../../stage/plan.ts";
import { useOnAir } from "../../stage/useOnAir.ts";
import type { Studio } from "../../stage/useStudio.ts";
import { DeviceTools } from "../DeviceTools.tsx";
import { PersonTile } from "../PersonTile.tsx";
import { StagePicture } from "../StagePicture.tsx";
import { useText } from "../text.ts";
import { TimerRing } from "../UpNext.tsx";
import { useComposition } from "../useComposition.ts";
import { usePeople } from "../usePeople.ts";
import { Voices } from "../Voices.tsx";

interface InsideProps {
  room: RoomOfPage;
  /** Id of the room behind the stage. */
  backstage: string;
  studio: Studio;
  onLeave: () => void;
  onPlace: (place: GuestPlace) => void;
}

/** A guest behind the stage, and on it: in the same room as before, with the others in the picture's place. */
export function Inside(props: InsideProps) {
  const live = useLiveRoom(props.backstage, props.room.event.id);
  return live && <InRoom {...props} live={live} />;
}

function InRoom({ live, studio, onLeave, onPlace }: InsideProps & { live: LiveRoom }) {
  const { t } = useText();
  const view = useRoomView(live);
  const { people } = usePeople(live, view.you, studio);
  const plan = view.log.plan ?? EMPTY_PLAN;
  const on = spotOf(plan, view.you?.id);
  useComposition(studio, plan, people);
  const self = people.find((somebody) => somebody.you);
  const place = on ? "stage" : "backstage";
  useOnAir(on !== undefined);
  useEffect(() => onPlace(place), [onPlace, place]);
  useEffect(() => () => onPlace("room"), [onPlace]);
  return (
    <>
      {on && (
        <main id="main" className="stagecol guest">
          <div className="stage">
            <div className="glow" aria-hidden="true" />
            <section className="frame air" aria-label={t("guest.stage")} data-testid="guest-stage">
              <StagePicture plan={plan} compositor={studio.compositor} label={t("guest.stage")} />
              <span className="badge live held">
                <span className="dot" />
                {t("onAir")}
              </span>
            </section>
          </div>
          <div className="next onst" role="status">
            {plan.timer && <TimerRing plan={plan} size={40} />}
            <p className="grow small">
              <b className="strong">{t("guest.on")}</b> <span className="muted">{t("guest.onText")}</span>
            </p>
            <Button variant="danger-line" size="sm" onClick={onLeave}>
              {t("next.leave")}
            </Button>
          </div>
        </main>
      )}
      <footer className="rbot guest-bar">
        <div className="row hide-s">
          {on ? (
            <Badge tone="danger" icon="live">
              {t("guest.on")}
            </Badge>
          ) : (
            <Badge tone="accent">{t("guest.waiting")}</Badge>
          )}
        </div>
        <div className="mid">
          <DeviceTools studio={studio} share={false} mutedByCrew={on?.muted ?? false} />
        </div>
        <div className="end">
          <button type="button" className="tool leave" onClick={onLeave}>
            <Icon name="leave" />
            {t("guest.back")}
          </button>
        </div>
      </footer>
      {!on && self && (
        <aside className="guest guest-self" aria-label={t("guest.waiting")} data-testid="guest-waiting">
          <PersonTile person={self} flag={t("backstage.offStage")} />
          <p className="small" role="status">
            <b className="strong">{t("guest.waiting")}.</b> <span className="muted">{t("guest.waitingText")}</span>
          </p>
        </aside>
      )}
      <Voices plan={plan} people={people} stageVolume={0} />
    </>
  );
}
