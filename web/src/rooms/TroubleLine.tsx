import { type ReactNode, useEffect, useRef, useState } from "react";
import { Icon } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import type { RoomView } from "./live.ts";
import { numbersOf } from "./queue.ts";
import { useText } from "./text.ts";
import { clock, useNow } from "./time.ts";

/** How long "you are back" stays. */
const BACK_MS = 6_000;
/** A connection that is lost for less than this is not worth a word. */
const QUIET_MS = 400;

interface TroubleLineProps {
  view: RoomView;
  /** Shown when there is no trouble, in the same place, so that nothing jumps. */
  children?: ReactNode;
}

/** The room's quiet line: the lost connection, the way back, an interrupted stage, else what comes next. */
export function TroubleLine({ view, children }: TroubleLineProps) {
  const { t } = useText();
  const lost = useLasting(view.state === "reconnecting", QUIET_MS);
  const missed = useMissed(view, lost);
  const { state } = view.log.stage;
  return (
    <div role="status" className="line-place">
      {view.state === "queued" && view.place ? (
        <div className="next warn" data-testid="queued-again">
          <span className="run" aria-hidden="true" />
          <p className="grow small">
            <b className="strong">{t("line.queued")}</b> {t("line.queuedText", numbersOf(view.place))}
          </p>
        </div>
      ) : lost ? (
        <div className="next warn" data-testid="reconnecting">
          <span className="run" aria-hidden="true" />
          <p className="grow small">
            <b className="strong">{t("line.reconnecting")}</b> {t("line.reconnectingText")}
          </p>
        </div>
      ) : missed !== undefined ? (
        <div className="next back">
          <Icon name="check" />
          <p className="grow small">
            <b className="strong">{t("line.resumed")}</b>{" "}
            <span className="muted">
              {missed.all === 0
                ? t("line.resumedNone")
                : t(missed.shown < missed.all ? "line.resumedPart" : "line.resumedText", {
                    count: missed.all,
                    number: formatNumber(missed.all),
                  })}
            </span>
          </p>
        </div>
      ) : state === "interrupted" ? (
        <Interrupted />
      ) : (
        children
      )}
    </div>
  );
}

function Interrupted() {
  const { t } = useText();
  const [since] = useState(() => Date.now());
  const now = useNow();
  return (
    <div className="next">
      <Icon name="clock" />
      <p className="grow small">
        <b className="strong">{t("line.interrupted", { time: clock(now - since) })}</b>{" "}
        <span className="muted">{t("line.interruptedText")}</span>
      </p>
    </div>
  );
}

/** True once `on` has lasted that long; false at once when it ends. */
function useLasting(on: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!on) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), ms);
    return () => clearTimeout(timer);
  }, [on, ms]);
  return on && lasting;
}

interface Missed {
  all: number;
  /** How many of them are in the chat; of very many only the latest, or a part. */
  shown: number;
}

/** After a lost connection: how many messages came in meanwhile, for a few seconds. */
function useMissed(view: RoomView, lost: boolean): Missed | undefined {
  const [missed, setMissed] = useState<Missed>();
  const lostAt = useRef<number>(undefined);
  const { seq = 0, entries } = view.log;
  const back = view.state === "live";
  useEffect(() => {
    if (lost) lostAt.current ??= seq;
    else if (back && lostAt.current !== undefined) {
      const from = lostAt.current;
      lostAt.current = undefined;
      setMissed({ all: Math.max(0, seq - from), shown: entries.filter((entry) => entry.seq > from).length });
    }
  }, [lost, back, seq, entries]);
  useEffect(() => {
    if (missed === undefined) return;
    const timer = setTimeout(() => setMissed(undefined), BACK_MS);
    return () => clearTimeout(timer);
  }, [missed]);
  return missed;
}
