import type { LandingEvent } from "../events/event.ts";
import type { RegisterMutation } from "../gql/graphql.ts";
import { ButtonLink, buttonClass } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { coverArt } from "../platform/design/art.ts";
import { formatDateRange, formatDayLong, formatTimeRange } from "../platform/time/format.ts";
import { useVisitorZone, zoneLabel } from "../platform/time/zones.ts";
import type { Booking } from "./RegistrationForm.tsx";
import { useText } from "./text.ts";

interface RegisteredProps {
  event: LandingEvent;
  booked: Booking;
  register: RegisterMutation["register"];
  goTo: string | undefined;
  /** Mail stays on this machine: tell where it is. */
  mailbox: boolean;
}

/** The ticket: what was booked, when it is, and the way in or the mail to look for. */
export function Registered({ event, booked, register, goTo, mailbox }: RegisteredProps) {
  const { t } = useText();
  const zone = useVisitorZone();
  const { registration, message } = register;
  return (
    <div className="tk">
      <div className="l">
        <p className="small row ok">
          <Icon name={registration ? "check" : "mail"} size="sm" />
          {booked.ticket}
        </p>
        <p className="h2">
          {t("seeYou", {
            date: formatDayLong(event.startsAt, zone),
            name: booked.name.split(" ")[0] ?? booked.name,
          })}
        </p>
        <p className="muted">{registration ? t("sentTo", { email: booked.email }) : message}</p>
        <div className="row wrap">
          {goTo && (
            <ButtonLink variant="primary" href={goTo}>
              {t("goIn")}
            </ButtonLink>
          )}
          {mailbox && !goTo && (
            <a className={buttonClass({ variant: "primary" })} href="/mailbox">
              <Icon name="mail" size="sm" />
              {t("mailbox")}
            </a>
          )}
          <a
            className={buttonClass({ variant: goTo || mailbox ? "line" : "primary" })}
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
        <p className="name">{booked.ticket}</p>
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
