import "./meet.css";
import type { ReactNode } from "react";
import { Button, Icon, initials } from "../platform/components/index.ts";
import { useLanguage } from "../platform/i18n/i18n.ts";
import { formatNumber } from "../platform/time/format.ts";
import { ClockWords } from "./Clock.tsx";
import { secondsLeft, shareLeft } from "./clock.ts";
import { PartyFrame } from "./PartyFrame.tsx";
import type { Meeting, PartyNow, ProfileCard } from "./party.ts";
import { firstName, reasonText, starterOf } from "./reason.ts";
import { useText } from "./text.ts";
import { useServerNow } from "./useServerNow.ts";
import { useTotal } from "./useTotal.ts";

const SHOWN_TAGS = 4;
/** The card is read for so long. */
const CARD_MS = 15_000;

interface MatchCardProps {
  party: PartyNow;
  meeting: Meeting;
  lines: ReactNode;
  pending: boolean;
  onSitOut: () => void;
  onHello: () => void;
}

/** Whom one is about to meet, and why. */
export function MatchCard({ party, meeting, lines, pending, onSitOut, onHello }: MatchCardProps) {
  const { t } = useText();
  const list = useList();
  const { people } = meeting;
  const [one] = people;
  const trio = people.length > 1;
  const full = list.format(people.map(({ name }) => name));
  const tags = trio ? meeting.reason.terms : (one?.interests ?? []);
  return (
    <PartyFrame
      party={party}
      sub={t("hereNow", { count: party.here, number: formatNumber(party.here) })}
      lines={lines}
      footerClass="m"
      footer={
        <>
          <p className="small muted grow hide-s">{t("card.soundFirst")}</p>
          <Button variant="ghost" pending={pending} onClick={onSitOut}>
            {t("card.sitOut")}
          </Button>
          <Button variant="primary" size="lg" className="go" onClick={onHello}>
            {t("card.hello")}
          </Button>
        </>
      }
    >
      <main id="main" className="meet" data-testid="match">
        <Portrait people={people} until={meeting.from} />
        <div>
          <p className="label role">{trio ? t("card.aboutTrio") : t("card.about")}</p>
          <h1 className="h1" tabIndex={-1}>
            {full}
          </h1>
          <p className="lead role">{people.map(lineOf).filter(Boolean).join(" · ")}</p>
          <div className="why">
            <Icon name="match" />
            <p>
              <b>{trio ? t("why.three") : t("why.two")}</b> {reasonText(t, meeting, list)}
            </p>
          </div>
          <div className="share">
            {tags.length > 0 && (
              <div>
                <p className="label">
                  {meeting.reason.kind === "interests" || trio
                    ? t("card.both")
                    : t("card.likes", { name: firstName(one?.name ?? "") })}
                </p>
                <ul>
                  {tags.slice(0, SHOWN_TAGS).map((tag) => (
                    <li key={tag}>
                      <Icon name="check" size="sm" />
                      {tag}
                    </li>
                  ))}
                </ul>
              </div>
            )}
            <div>
              <p className="label">{t("card.begin")}</p>
              <p>{t(`starters.${starterOf(meeting.id)}` as "starters.1")}</p>
            </div>
          </div>
        </div>
        <p className="sr" role="status">
          {t("card.said", { names: full, reason: reasonText(t, meeting, list) })}
        </p>
        <ClockWords until={meeting.from} words={(count) => t("card.clock", { count })} />
      </main>
    </PartyFrame>
  );
}

/** "Incident desk, Metro de Quito" */
export function lineOf({ headline, company }: ProfileCard): string {
  return [headline, company && !headline.includes(company) ? company : ""].filter(Boolean).join(", ");
}

export function useList(): Intl.ListFormat {
  return new Intl.ListFormat(useLanguage(), { type: "conjunction" });
}

/** The ring of the fifteen seconds is drawn round the portrait. */
function Portrait({ people, until }: { people: ProfileCard[]; until: number }) {
  const { t } = useText();
  const now = useServerNow();
  const totalMs = useTotal(until, String(until), CARD_MS);
  const seconds = secondsLeft(until, now);
  return (
    <div className="por" style={{ "--v": shareLeft(until, now, totalMs) } as React.CSSProperties}>
      <svg className="r" viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r="48.5" pathLength="100" />
        <circle cx="50" cy="50" r="48.5" pathLength="100" />
      </svg>
      {people.length > 1 ? (
        <div className="duo" aria-hidden="true">
          {people.map((who) => (
            <Face key={who.person} who={who} plain />
          ))}
        </div>
      ) : (
        people[0] && <Face who={people[0]} />
      )}
      <div className="sec" role="timer" aria-label={t("card.clock", { count: seconds })}>
        {seconds}
        <small>{t("card.seconds", { count: seconds })}</small>
      </div>
    </div>
  );
}

function Face({ who, plain }: { who: ProfileCard; plain?: boolean }) {
  if (who.picture) return <img src={who.picture} alt={plain ? "" : who.name} />;
  return (
    <span className="mono" aria-hidden="true">
      {initials(who.name)}
    </span>
  );
}
