import { Link } from "wouter";
import type { LandingQuery } from "../../gql/graphql.ts";
import { Avatar } from "../../platform/components/Avatar.tsx";
import { Button, ButtonLink, buttonClass } from "../../platform/components/Button.tsx";
import { coverArt } from "../../platform/design/art.ts";
import type { Admission, LandingEvent } from "../event.ts";
import { useText } from "../text.ts";

interface HeroProps {
  event: LandingEvent;
  viewer: LandingQuery["viewer"];
  admission: Admission;
  goTo: string | undefined;
  onRegister: () => void;
}

export function Hero({ event, viewer, admission, goTo, onRegister }: HeroProps) {
  const { t } = useText();
  const organizes = event.viewerRoles.some((role) => role === "ORGANIZER" || role === "PRODUCER");
  return (
    <header className="hero">
      <Cover event={event} />
      <div className="topbar">
        <a className="host" href={`/e/${event.slug}`}>
          <i aria-hidden="true" />
          <span>
            {event.name}
            <small>{t("by", { organization: event.organization.name })}</small>
          </span>
        </a>
        <nav className="row hide-s" aria-label={t("nav")}>
          {event.sessions.length > 0 && (
            <a className="n" href="#programme">
              {t("programme")}
            </a>
          )}
          {event.speakers.length > 0 && (
            <a className="n" href="#speakers">
              {t("speakers")}
            </a>
          )}
          {event.replays.length > 0 && (
            <a className="n" href="#replays">
              {t("replays")}
            </a>
          )}
          {goTo && (
            <>
              <Link className="n" href={`/e/${event.slug}/people`}>
                {t("meet")}
              </Link>
              <Link className="n" href={`/e/${event.slug}/messages`}>
                {t("messages")}
              </Link>
            </>
          )}
        </nav>
        {organizes && (
          <ButtonLink variant="line" size="sm" href={`/organize/events/${event.id}`}>
            {t("organize")}
          </ButtonLink>
        )}
        {!viewer && (
          <ButtonLink variant="line" size="sm" href={`/sign-in?returnTo=${encodeURIComponent(`/e/${event.slug}`)}`}>
            {t("signIn")}
          </ButtonLink>
        )}
        {viewer && !organizes && (
          <Link className="me" href="/account">
            <Avatar name={viewer.name} />
            <span className="sr">{viewer.name}</span>
          </Link>
        )}
      </div>
      <div className="in">
        <h1 className="h0">{event.name}</h1>
        {event.tagline && <p className="lead">{event.tagline}</p>}
        <div className="row wrap hbtn acts">
          {goTo && (
            <ButtonLink variant="primary" size="lg" href={goTo}>
              {t("goIn")}
            </ButtonLink>
          )}
          {goTo && (
            <ButtonLink variant="line" size="lg" className="only-s" href={`/e/${event.slug}/people`}>
              {t("meet")}
            </ButtonLink>
          )}
          {admission === "open" && (
            <Button variant="primary" size="lg" onClick={onRegister}>
              {t("register")}
            </Button>
          )}
          {event.replays.length > 0 && admission === "ended" ? (
            <a className={buttonClass({ variant: "primary", size: "lg" })} href="#replays">
              {t("seeReplays")}
            </a>
          ) : (
            <a className={buttonClass({ variant: "line", size: "lg" })} href="#programme">
              {t("seeProgramme")}
            </a>
          )}
        </div>
      </div>
    </header>
  );
}

/** The hall of dots stands on the event's own colour; every other cover is a picture that fades into it. */
function Cover({ event }: { event: LandingEvent }) {
  if (event.coverUrl) return <img className="art picture" src={event.coverUrl} alt="" />;
  const dots = event.coverArt === "hall" || event.coverArt === "cover";
  return dots ? (
    <img className="art" src={coverArt("hall")} alt="" />
  ) : (
    <img className="art picture" src={coverArt(event.coverArt)} alt="" />
  );
}
