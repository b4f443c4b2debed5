import { Link } from "wouter";
import type { EventCardFragment } from "../gql/graphql.ts";
import { ButtonLink } from "../platform/components/Button.tsx";
import { coverArt } from "../platform/design/art.ts";
import { brand } from "../platform/design/brand.ts";
import { formatDateRange, formatTime } from "../platform/time/format.ts";
import { useVisitorZone, zoneLabel } from "../platform/time/zones.ts";
import { useText } from "./text.ts";

interface EventRowProps {
  event: EventCardFragment;
  action: string;
  /** Said instead of the tagline. */
  note?: string;
}

/** An event as a wide card: its cover, when it is, and the way to its page. */
export function EventRow({ event, action, note }: EventRowProps) {
  const { t } = useText();
  const zone = useVisitorZone();
  const starts = new Date(event.startsAt);
  return (
    <article className="up1" {...brand(event.accent)}>
      <Cover event={event} />
      <div className="text">
        <p className="small muted">
          <time dateTime={event.startsAt}>
            {t("at", {
              dates: formatDateRange(event.startsAt, event.endsAt, zone),
              time: formatTime(starts, zone),
              zone: zoneLabel(zone, starts),
            })}
          </time>
        </p>
        <h3 className="h3">
          <Link href={`/e/${event.slug}`}>{event.name}</Link>
        </h3>
        <p className="tag">{note ?? event.tagline}</p>
        <div className="row foot">
          <span className="small muted grow">
            {event.registrationCount > 0 ? t("going", { count: event.registrationCount }) : event.organization.name}
          </span>
          <ButtonLink href={`/e/${event.slug}`} variant="line" size="sm" aria-label={`${action}: ${event.name}`}>
            {action}
          </ButtonLink>
        </div>
      </div>
    </article>
  );
}

/** A cover that fills its frame; the hall stands on the event's colour. */
export function Cover({ event }: { event: Pick<EventCardFragment, "coverUrl" | "coverArt"> }) {
  const dots = !event.coverUrl && (event.coverArt === "hall" || event.coverArt === "cover");
  return (
    <span className={dots ? "cover dots" : "cover"}>
      <img src={event.coverUrl ?? coverArt(dots ? "hall" : event.coverArt)} alt="" loading="lazy" />
    </span>
  );
}
