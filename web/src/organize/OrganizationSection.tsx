import { Link } from "wouter";
import { Badge, ButtonLink, Empty, Icon } from "../platform/components/index.ts";
import { coverArt } from "../platform/design/art.ts";
import { formatDateRange, formatTime } from "../platform/time/format.ts";
import { zoneLabel } from "../platform/time/zones.ts";
import { Members } from "./Members.tsx";
import type { Membership } from "./OrganizePage.tsx";
import { StatusBadge } from "./StatusBadge.tsx";
import { useOrganizeText } from "./text.ts";

type OrganizationEvent = Membership["organization"]["events"][number];

/** One organization: what is coming, what is over, and its members beside it. */
export function OrganizationSection({ membership, viewerId }: { membership: Membership; viewerId: string }) {
  const { t } = useOrganizeText();
  const { organization } = membership;
  const now = Date.now();
  const isPast = (event: OrganizationEvent) =>
    event.status === "ENDED" || event.status === "CANCELLED" || Date.parse(event.endsAt) < now;
  const byStart = [...organization.events].sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  const coming = byStart.filter((event) => !isPast(event));
  const past = byStart.filter(isPast).reverse();
  const heading = `organization-${organization.id}`;

  return (
    <section className="organization" aria-labelledby={heading}>
      <div>
        <h2 className="h3" id={heading}>
          {organization.name}
        </h2>
        {organization.events.length === 0 && (
          <div className="card">
            <Empty
              icon="cal"
              title={t("home.noEvents.title")}
              action={
                <ButtonLink href="/organize/new" variant="line">
                  {t("home.noEvents.action")}
                </ButtonLink>
              }
            >
              {t("home.noEvents.text")}
            </Empty>
          </div>
        )}
        {coming.length > 0 && (
          <ul className="event-cards" aria-label={t("home.coming")}>
            {coming.map((event) => (
              <li key={event.id}>
                <ComingEvent event={event} />
              </li>
            ))}
          </ul>
        )}
        {past.length > 0 && (
          <>
            <h3 className="h4 past-title">{t("home.past")}</h3>
            <ul className="past-events">
              {past.map((event) => (
                <li key={event.id}>
                  <PastEvent event={event} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <Members membership={membership} viewerId={viewerId} />
    </section>
  );
}

function Cover({ event }: { event: OrganizationEvent }) {
  return <img src={event.coverUrl ?? coverArt(event.coverArt)} alt="" width="480" height="300" loading="lazy" />;
}

function ComingEvent({ event }: { event: OrganizationEvent }) {
  const { t } = useOrganizeText();
  const count = event.registrationCount;
  return (
    <article className="event-card">
      <Cover event={event} />
      <div>
        <p className="small muted">
          {t("home.in", {
            dates: formatDateRange(event.startsAt, event.endsAt, event.timeZone),
            time: formatTime(event.startsAt, event.timeZone),
            zone: zoneLabel(event.timeZone, new Date(event.startsAt)),
          })}
        </p>
        <h3 className="h3">
          <Link href={`/organize/events/${event.id}`}>{event.name}</Link>
        </h3>
        {event.tagline && <p className="event-tagline">{event.tagline}</p>}
        <div className="row event-facts">
          <StatusBadge status={event.status} />
          <span className="small muted num">{count > 0 ? t("home.registered", { count }) : t("home.nobody")}</span>
        </div>
      </div>
    </article>
  );
}

function PastEvent({ event }: { event: OrganizationEvent }) {
  const { t } = useOrganizeText();
  return (
    <Link href={`/organize/events/${event.id}`} className="past-event">
      <Cover event={event} />
      <span>
        <b className="strong">{event.name}</b>
        <span className="small muted num">
          {formatDateRange(event.startsAt, event.endsAt, event.timeZone)}
          {" · "}
          {t("home.registered", { count: event.registrationCount })}
        </span>
      </span>
      {event.status === "CANCELLED" ? <Badge>{t("status.CANCELLED")}</Badge> : <Icon name="right" size="sm" />}
    </Link>
  );
}
