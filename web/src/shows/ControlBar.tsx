import type { DeskEvent } from "../organize/desk.ts";
import { Badge, Button, Icon } from "../platform/components/index.ts";
import { clock, useNow } from "../rooms/time.ts";
import { lateBy, nextByClock, nextByHand, type Show } from "./show.ts";
import { useText } from "./text.ts";
import { useCueName } from "./useCueName.ts";
import type { ShowState } from "./useShow.ts";

const LATE = [2, 5, 10] as const;

interface ControlBarProps {
  event: DeskEvent;
  state: ShowState;
  show: Show;
  inControl: boolean;
  onLate: () => void;
}

/** What comes next, the big button, how late it is, and who holds the controls. */
export function ControlBar({ event, state, show, inControl, onLate }: ControlBarProps) {
  const { t } = useText();
  const nameOf = useCueName(event);
  const now = useNow();
  const next = nextByHand(show);
  const timed = nextByClock(show);
  const late = lateBy(show);
  const shift = show.shifts[0];
  return (
    <section className="card show-control" aria-label={t("controls")}>
      <div className="show-next">
        <p className="label">{t("next")}</p>
        <p className="h3" data-testid="next-cue">
          {next ? nameOf(next) : t("nothingNext")}
        </p>
        <p className="small muted num">
          {timed ? (
            <>
              {t("byClock", { cue: nameOf(timed.cue) })}{" "}
              <span aria-hidden="true" data-testid="countdown">
                {clock(timed.due - now)}
              </span>
            </>
          ) : (
            t(show.autopilot ? "nothingTimed" : "autopilotOff")
          )}
        </p>
      </div>
      {inControl ? (
        <>
          <Button
            variant="primary"
            className="show-go"
            disabled={!next || state.pending}
            aria-keyshortcuts="Control+Enter"
            onClick={() => next && void state.run({ fire: next.id })}
          >
            {t("go")}
          </Button>
          <div className="row wrap">
            <Button
              variant={show.autopilot ? "solid" : "line"}
              aria-pressed={show.autopilot}
              onClick={() => void state.run({ autopilot: !show.autopilot })}
            >
              <Icon name="timer" size="sm" />
              {t("autopilot")}
            </Button>
            <div className="seg" role="group" aria-label={t("late.label")}>
              {LATE.map((minutes) => (
                <button
                  type="button"
                  key={minutes}
                  onClick={() =>
                    void state.run({
                      shift: { id: crypto.randomUUID(), minutes, tell: t("late.told", { count: minutes }) },
                    })
                  }
                >
                  {t("late.plus", { count: minutes })}
                </button>
              ))}
              <button type="button" aria-keyshortcuts="Alt+L" onClick={onLate}>
                {t("late.other")}
              </button>
            </div>
            {!show.autopilot && show.cues.some(({ state: one }) => one !== "PENDING") && (
              <Button variant="ghost" onClick={() => void state.run({ reset: true })}>
                {t("reset")}
              </Button>
            )}
          </div>
        </>
      ) : (
        <p className="muted">{t("watching")}</p>
      )}
      <div className="row wrap show-state" role="status">
        {late !== 0 && (
          <Badge tone="warning">{late > 0 ? t("late.by", { count: late }) : t("late.early", { count: -late })}</Badge>
        )}
        {inControl && shift && (
          <Button variant="ghost" size="sm" onClick={() => void state.run({ undo: shift.id })}>
            <Icon name="undo" size="sm" />
            {t("late.undo", { minutes: shift.minutes > 0 ? `+${shift.minutes}` : shift.minutes })}
          </Button>
        )}
        <Holder state={state} show={show} inControl={inControl} />
      </div>
      {inControl && <p className="small muted hide-s">{t("keys")}</p>}
    </section>
  );
}

function Holder({ state, show, inControl }: { state: ShowState; show: Show; inControl: boolean }) {
  const { t } = useText();
  if (inControl)
    return (
      <>
        <span className="small">{t("you")}</span>
        {show.wantedBy ? (
          <>
            <b className="small strong">{t("wants", { name: show.wantedByName })}</b>
            <Button variant="solid" size="sm" onClick={() => void state.run({ answer: true })}>
              {t("handOver")}
            </Button>
            <Button variant="ghost" size="sm" onClick={() => void state.run({ answer: false })}>
              {t("keep")}
            </Button>
          </>
        ) : (
          <Button variant="ghost" size="sm" onClick={() => void state.run({ release: true })}>
            {t("release")}
          </Button>
        )}
      </>
    );
  if (show.controller && show.controllerHere)
    return (
      <>
        <span className="small">{t("held", { name: show.controllerName })}</span>
        {show.wantedBy === state.me ? (
          <span className="small muted">{t("asked")}</span>
        ) : (
          <Button variant="line" size="sm" onClick={() => void state.run({ ask: true })}>
            {t("ask")}
          </Button>
        )}
      </>
    );
  return (
    <>
      <span className="small">{show.controller ? t("gone", { name: show.controllerName }) : t("nobody")}</span>
      <Button variant="primary" size="sm" onClick={() => void state.run({ take: true })}>
        {t("take")}
      </Button>
    </>
  );
}
