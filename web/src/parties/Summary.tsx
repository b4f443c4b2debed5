import "./summary.css";
import { type ReactNode, useEffect, useState } from "react";
import { Avatar, Button, ButtonLink, Icon, Ring } from "../platform/components/index.ts";
import { formatTime } from "../platform/time/format.ts";
import { clockText, secondsLeft } from "./clock.ts";
import { lineOf } from "./MatchCard.tsx";
import { RoundsOf } from "./PartyFrame.tsx";
import type { MetPerson, PartyNow, PartySummary } from "./party.ts";
import { capital, inWords } from "./reason.ts";
import { ShareCard } from "./ShareCard.tsx";
import { Dots } from "./Talk.tsx";
import { useText } from "./text.ts";
import { useServerNow } from "./useServerNow.ts";

/** The ring of the way back is full for so long. */
const BACK_MS = 5_000;
/** Who comes so long after that is here to read, and goes nowhere by itself. */
const LATE_MS = 15_000;

interface SummaryProps {
  party: PartyNow;
  summary: PartySummary;
  event: string;
  zone: string;
  /** Where everybody goes back to. */
  room: { name: string; href: string };
  /** Connect, message: what one may do about somebody. */
  connect: (met: MetPerson) => ReactNode;
  onBack: () => void;
}

/** The party is over: whom one met, what may come of it, and the way back. */
export function Summary({ party, summary, event, zone, room, connect, onBack }: SummaryProps) {
  const { t } = useText();
  const { people, minutes } = summary;
  const mutual = people.filter(({ connected }) => connected === "mutual").length;
  const place = zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
  return (
    <div className="pt ps">
      <div className="spot" aria-hidden="true" />
      <header className="phead">
        <Icon name="party" />
        <p className="strong grow trunc">
          {t("party")}{" "}
          {party.endedAt && (
            <span className="muted hide-s sub">· {t("over.at", { time: formatTime(party.endedAt, zone), place })}</span>
          )}
        </p>
        <RoundsOf party={party} />
      </header>
      <main id="main" className="sm-g" data-alone={people.length === 0 || undefined}>
        <div>
          <h1 className="h1" tabIndex={-1}>
            {people.length > 0
              ? t("over.met", { count: people.length, number: inWords(t, people.length) })
              : t("over.metNobody")}
          </h1>
          <p className="lead">
            {people.length > 0 ? t("over.minutes", { count: minutes }) : t("over.metNobodyText")}{" "}
            {mutual > 0 && capital(t("over.mutual", { count: mutual, number: inWords(t, mutual) }))}
          </p>
          {people.length > 0 && (
            <>
              <ul className="met" data-testid="met">
                {people.map((met) => (
                  <MetRow key={`${met.round} ${met.card.person}`} met={met}>
                    {connect(met)}
                  </MetRow>
                ))}
              </ul>
              <p className="tiny muted row silent">
                <Icon name="lock" size="sm" />
                {t("over.silent")}
              </p>
            </>
          )}
        </div>
        {people.length > 0 && <ShareCard event={event} rounds={summary.rounds} people={people} />}
      </main>
      <WayBack at={summary.back?.at ?? party.backAt ?? undefined} room={room} onBack={onBack} />
    </div>
  );
}

function MetRow({ met, children }: { met: MetPerson; children: ReactNode }) {
  const { t } = useText();
  const { card, seconds, extended } = met;
  return (
    <li>
      <Avatar name={card.name} photoUrl={card.picture ?? null} />
      <div>
        <p className="strong trunc" data-testid="name">
          {card.name}
        </p>
        <p className="small muted trunc">{lineOf(card)}</p>
        <p className="tiny muted num">
          {extended ? (
            <>
              <Dots on={[true, true]} />
              {t("over.extended", { time: clockText(seconds) })}
            </>
          ) : (
            t("over.talked", { time: clockText(seconds) })
          )}
        </p>
      </div>
      <div className="what">{children}</div>
    </li>
  );
}

interface WayBackProps {
  at: number | undefined;
  room: { name: string; href: string };
  onBack: () => void;
}

/**
 * Back to the room by itself, unless somebody would rather stay: a press, a key or the focus anywhere on the page says so, too, since five
 * seconds are short for whoever has to look for a button. Who comes here later is not sent anywhere.
 */
function WayBack({ at, room, onBack }: WayBackProps) {
  const { t } = useText();
  const now = useServerNow();
  const [shown] = useState(now);
  const [held, setHeld] = useState(() => at === undefined || now > at + LATE_MS);
  // Whoever learns of the end late has as long to read as everybody else.
  const seconds = at === undefined ? 0 : secondsLeft(Math.max(at, shown + BACK_MS), now);
  useEffect(() => {
    if (held) return;
    const hold = () => setHeld(true);
    const events = ["pointerdown", "keydown", "wheel"] as const;
    for (const name of events) addEventListener(name, hold, { passive: true });
    return () => {
      for (const name of events) removeEventListener(name, hold);
    };
  }, [held]);
  const due = !held && seconds === 0;
  useEffect(() => {
    if (due) onBack();
  }, [due, onBack]);
  return (
    <footer className="back">
      {!held && (
        <Ring left={seconds / (BACK_MS / 1000)} size={56} width={7}>
          <span className="num">{seconds}</span>
        </Ring>
      )}
      <p className="grow small">
        <b className="strong">
          {held ? t("back.held", { room: room.name }) : t("back.soon", { room: room.name, count: seconds })}
        </b>
        <br />
        <span className="muted">{t("back.stays")}</span>
      </p>
      <p className="sr" role="status">
        {held ? "" : t("back.said", { room: room.name })}
      </p>
      {!held && (
        <Button variant="line" onClick={() => setHeld(true)}>
          {t("back.stay")}
        </Button>
      )}
      <ButtonLink href={room.href} variant="primary">
        {held ? t("back.go") : t("back.now")}
      </ButtonLink>
    </footer>
  );
}
