import type { LandingEvent } from "../events/event.ts";
import type { RegisterMutation } from "../gql/graphql.ts";
import { ButtonLink, buttonClass } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { coverArt } from "../platform/design/art.ts";
import { formatDateRange, formatDayLong, formatTimeRange } from "../platform/time/format.ts";
import { useVisitorZone, zoneLabel } from "../platform/time/zones.ts";
import { useText } from "./text.ts";

interface RegisteredProps {
  event: LandingEvent;
  name: string;
  email: string;
  register: RegisterMutation["register"];
  goTo: string | undefined;
}

/** The ticket: what was booked, when it is, and the way in or the mail to look for. */
export function Registered({ event, name, email, register, goTo }: RegisteredProps) {
  const { t } = useText();
  const zone = useVisitorZone();
  const { registration, message } = register;
  return (
    <div className="tk">
      <div className="l">
        {registration && (
          <p className="small row ok">
            <Icon name="check" size="sm" />
            {registration.ticketType.name}
          </p>
        )}
        <p className="h2">
          {registration
            ? t("seeYou", { date: formatDayLong(event.startsAt, zone), name: name.split(" ")[0] ?? name })
            : t("checkMail")}
        </p>
        <p className="muted">{registration ? t("sentTo", { email }) : message}</p>
        <div className="row wrap">
          {goTo && (
            <ButtonLink variant="primary" href={goTo}>
              {t("goIn")}
            </ButtonLink>
          )}
          <a
            className={buttonClass({ variant: goTo ? "line" : "primary" })}
            href={`/e/${event.slug}/event.ics`}
            download
          >
            <Icon name="cal" size="sm" />
            {t("addToCalendar")}
          </a>
        </div>
      </div>
      <div className="r">
        <img src={coverArt("hall")} alt="" />
        <p className="small">{event.name}</p>
        <p className="name">{registration?.ticketType.name ?? t("stub")}</p>
        <p className="small soft">
          {formatDateRange(event.startsAt, event.endsAt, zone)}
          <br />
          <span className="num">{formatTimeRange(event.startsAt, event.endsAt, zone)}</span>,{" "}
          {zoneLabel(zone, new Date(event.startsAt))}
        </p>
      </div>
    </div>
  );
}
