import type { ReactNode } from "react";
import { Button } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { Bowl } from "./Bowl.tsx";
import { Clock } from "./Clock.tsx";
import { PartyFrame } from "./PartyFrame.tsx";
import { endOf, type MyParty, type PartyNow, sidesOf } from "./party.ts";
import { firstName } from "./reason.ts";
import { sidesDrawn } from "./Seats.tsx";
import { useText } from "./text.ts";
import { useTotal } from "./useTotal.ts";

interface WaitingProps {
  party: PartyNow;
  me: MyParty;
  lines: ReactNode;
  end: ReactNode;
  pending: boolean;
  /** Whom one met just now, and what one may want to do about it. */
  last: ReactNode;
  onNotReady: () => void;
}

/** Between two meetings: nobody for this round, the other has gone, or the next round is about to come. */
export function Waiting({ party, me, lines, end, pending, last, onNotReady }: WaitingProps) {
  const { t } = useText();
  const until = endOf(party, me, "waiting");
  const totalMs = useTotal(until, `${party.id} ${party.phase} ${party.round}`);
  const over = party.round >= party.rounds;
  const between = party.phase === "between";
  const sides = sidesOf(party);
  const own = Math.max(
    0,
    sides.findIndex(({ group }) => group === me.group),
  );
  const title = between
    ? t("wait.between")
    : me.ended
      ? t("wait.gone", { name: firstName(me.ended.name) })
      : t("wait.title");
  const text = over && !between ? t("wait.lastText") : between ? t("wait.betweenText") : t("wait.text");
  return (
    <PartyFrame
      party={party}
      sub={t("hereNow", { count: party.here, number: formatNumber(party.here) })}
      lines={lines}
      end={end}
      centre
      footerClass="even"
      footer={
        <>
          <p className="small muted grow hide-s">{t("seats.devicesOff")}</p>
          <Button variant="line" pending={pending} onClick={onNotReady}>
            {t("wait.sitOut")}
          </Button>
        </>
      }
    >
      <main id="main" className="rd">
        <h1 className="h1" tabIndex={-1}>
          {title}
        </h1>
        <p className="muted">{text}</p>
        <Bowl
          sides={sidesDrawn(party)}
          you={own}
          label={t("seats.bowl", { ready: formatNumber(party.ready), here: formatNumber(party.here) })}
        >
          <Clock
            until={until}
            totalMs={totalMs}
            size={148}
            width={4}
            label={
              over && !between
                ? t("wait.toEnd")
                : t("seats.toRound", { round: Math.min(party.round + 1, party.rounds) })
            }
          />
        </Bowl>
        {last}
        <p className="sr" role="status">
          {title}. {text}
        </p>
      </main>
    </PartyFrame>
  );
}

interface StillProps {
  party: PartyNow;
  lines: ReactNode;
  end: ReactNode;
  onLeave: () => void;
}

/** The host has stopped the clocks. */
export function Paused({ party, lines, end, onLeave }: StillProps) {
  const { t } = useText();
  return (
    <PartyFrame
      party={party}
      lines={lines}
      end={end}
      centre
      footerClass="even"
      footer={
        <>
          <p className="small muted grow hide-s">{t("seats.devicesOff")}</p>
          <Button variant="line" onClick={onLeave}>
            {t("leave.quietly")}
          </Button>
        </>
      }
    >
      <main id="main" className="rd">
        <h1 className="h1" tabIndex={-1}>
          {t("paused.title")}
        </h1>
        <p className="muted" role="status">
          {t("paused.text")}
        </p>
        <Bowl
          sides={sidesDrawn(party)}
          you={undefined}
          label={t("seats.bowl", { ready: formatNumber(party.ready), here: formatNumber(party.here) })}
        >
          <Clock until={undefined} stillMs={party.left} totalMs={0} size={148} width={4} label={t("paused.label")} />
        </Bowl>
      </main>
    </PartyFrame>
  );
}
