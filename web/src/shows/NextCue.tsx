import "./shows.css";
import { Button, Icon } from "../platform/components/index.ts";
import { clock, useNow } from "../rooms/time.ts";
import { ICONS, nextByClock, nextByHand } from "./show.ts";
import { useText } from "./text.ts";
import { type Named, useCueName } from "./useCueName.ts";
import { useShow } from "./useShow.ts";

/** Beside a stage: what comes next in the run of show, to be fired by whoever holds its controls. Nothing while there is no run of show. */
export default function NextCue({ event, named }: { event: string; named: Named }) {
  const { t } = useText();
  const { show, me, pending, run } = useShow(event);
  const nameOf = useCueName(named);
  const now = useNow();
  const next = show && nextByHand(show);
  if (!show || !next) return null;
  const timed = nextByClock(show);
  return (
    <div className="show-beside" data-testid="studio-cue">
      <Icon name={ICONS[next.kind]} size="sm" />
      <p className="grow small">
        <b className="strong">{t("next")}:</b> {nameOf(next)}{" "}
        {timed?.cue.id === next.id && (
          <span className="muted num" aria-hidden="true">
            {clock(timed.due - now)}
          </span>
        )}
      </p>
      {show.controller === me && (
        <Button variant="quiet" size="sm" disabled={pending} onClick={() => void run({ fire: next.id })}>
          {t("fire")}
        </Button>
      )}
    </div>
  );
}
