import type { ReactNode } from "react";
import { Button } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { Bowl } from "./Bowl.tsx";
import { Clock, ClockWords } from "./Clock.tsx";
import { PartyFrame } from "./PartyFrame.tsx";
import { endOf, type MyParty, type PartyNow, sidesOf } from "./party.ts";
import { useText } from "./text.ts";
import { useTotal } from "./useTotal.ts";

interface SeatsProps {
  party: PartyNow;
  me: MyParty;
  lines: ReactNode;
  pending: boolean;
  end: ReactNode;
  onChangeSide: (() => void) | undefined;
  onNotReady: () => void;
}

/** Ready, before the first round: the seats fill around the clock. */
export function Seats({ party, me, lines, pending, end, onChangeSide, onNotReady }: SeatsProps) {
  const { t } = useText();
  const until = endOf(party, me, "countdown");
  const totalMs = useTotal(until, `${party.id} ${party.phase}`);
  const sides = sidesOf(party);
  const [one, two] = sides;
  const facts = { ready: formatNumber(party.ready), here: formatNumber(party.here) };
  const own = Math.max(
    0,
    sides.findIndex(({ group }) => group === me.group),
  );
  const few = party.phase === "check-in" && party.ready < FEWEST;
  return (
    <PartyFrame
      party={party}
      sub={me.group ?? undefined}
      lines={lines}
      end={end}
      centre
      footerClass="even"
      footer={
        <>
          <p className="small muted grow hide-s">{t("seats.devicesOff")}</p>
          {onChangeSide && (
            <Button variant="ghost" onClick={onChangeSide}>
              {t("seats.changeSide")}
            </Button>
          )}
          <Button variant="line" pending={pending} onClick={onNotReady}>
            {t("seats.notReady")}
          </Button>
        </>
      }
    >
      <main id="main" className="rd">
        <h1 className="h1" tabIndex={-1}>
          {few ? t("seats.few") : t("seats.title")}
        </h1>
        <p className="muted">{few ? t("seats.fewText", { count: FEWEST }) : t("seats.text")}</p>
        <Bowl sides={sidesDrawn(party)} you={own} label={t("seats.bowl", facts)}>
          <Clock until={until} totalMs={totalMs} size={148} width={4} label={t("seats.toRound", { round: 1 })} />
        </Bowl>
        <p className="h4 num" role="status">
          {t("readyOf", { count: party.here, ...facts })}
        </p>
        <div className="legend small">
          {one?.group && two?.group && (
            <>
              <span>
                <i aria-hidden="true" />
                <span className="num">{formatNumber(one.ready)}</span> {one.group}
              </span>
              <span>
                <i className="b" aria-hidden="true" />
                <span className="num">{formatNumber(two.ready)}</span> {two.group}
              </span>
            </>
          )}
          <span>
            <i className="y" aria-hidden="true" />
            {t("seats.yours")}
          </span>
        </div>
        <ClockWords until={until} words={(count) => t("seats.said", { count })} />
      </main>
    </PartyFrame>
  );
}

/** Fewer people are no party. */
export const FEWEST = 4;

/** Who is here and has not chosen a side yet is drawn on the one that has fewer. */
export function sidesDrawn(party: PartyNow): { ready: number; here: number }[] {
  const sides = sidesOf(party);
  const open = Math.max(0, party.here - party.ready);
  if (sides.length < 2) return sides.map(({ ready }) => ({ ready, here: ready + open }));
  return sides.map(({ ready }, at) => ({
    ready,
    here: ready + (at === 0 ? Math.ceil(open / 2) : Math.floor(open / 2)),
  }));
}
