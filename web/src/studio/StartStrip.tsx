import { Button, FormError, Icon, Ring } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import type { Session } from "../rooms/agenda.ts";
import type { RoomView } from "../rooms/live.ts";
import { clock, useNow } from "../rooms/time.ts";
import { useText } from "../stage/text.ts";
import type { Studio } from "../stage/useStudio.ts";

/** The ring is full this long before the start. */
const RING_MS = 30 * 60_000;
/** Farther away than this, the start is no countdown. */
const COUNTDOWN_MS = 12 * 60 * 60_000;

interface StartStripProps {
  studio: Studio;
  view: RoomView;
  session: Session | undefined;
  onGoLive: () => void;
}

/** Before going live: how long to the start, who waits, and the one red button. */
export function StartStrip({ studio, view, session, onGoLive }: StartStripProps) {
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
              <Ring left={until / RING_MS}>
                <span className="ring-time">{clock(until)}</span>
              </Ring>
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
          <Button variant="live" size="lg" pending={studio.phase === "opening"} onClick={onGoLive}>
            <Icon name="live" />
            {studio.phase === "opening" ? t("studio.opening") : t("studio.goLive")}
          </Button>
        </div>
      </div>
    </div>
  );
}
