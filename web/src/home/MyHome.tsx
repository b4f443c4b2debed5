import { Link } from "wouter";
import type { EventCardFragment, HomeQuery } from "../gql/graphql.ts";
import { Badge } from "../platform/components/Badge.tsx";
import { ButtonLink } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { Empty } from "../platform/components/States.tsx";
import { brand } from "../platform/design/brand.ts";
import { formatDateRange } from "../platform/time/format.ts";
import { useVisitorZone } from "../platform/time/zones.ts";
import { Cover, EventRow } from "./EventRow.tsx";
import { useText } from "./text.ts";

interface MyHomeProps {
  viewer: NonNullable<HomeQuery["viewer"]>;
  publicEvents: EventCardFragment[];
}

/** Where the person is expected, and what they organize. */
export function MyHome({ viewer, publicEvents }: MyHomeProps) {
  const { t } = useText();
  const places = viewer.registrations.filter((r) => !r.cancelledAt);
  const mine = new Set(places.map((r) => r.event.id));
  const others = publicEvents.filter((event) => !mine.has(event.id));
  return (
    <main id="main" className="wrap-page">
      <h1 className="h1">{t("welcome", { name: viewer.name.split(" ")[0] ?? viewer.name })}</h1>
      <section className="sec" aria-labelledby="places">
        <h2 className="h3" id="places">
          {t("yourEvents")}
        </h2>
        {places.length === 0 && (
          <div className="card">
            <Empty icon="ticket" title={t("noEvents")}>
              {t("noEventsText")}
            </Empty>
          </div>
        )}
        <div className="list">
          {places.map(({ id, event, ticketType }) => (
            <EventRow key={id} event={event} action={t("open")} note={t("ticket", { ticket: ticketType.name })} />
          ))}
        </div>
      </section>
      {viewer.memberships.map(({ organization }) => (
        <Organized key={organization.id} organization={organization} />
      ))}
      {others.length > 0 && (
        <section className="sec" aria-labelledby="up">
          <h2 className="h3" id="up">
            {t("comingUp")}
          </h2>
          <div className="list">
            {others.map((event) => (
              <EventRow key={event.id} event={event} action={t("getTicket")} />
            ))}
          </div>
        </section>
      )}
    </main>
  );
}

type OrganizationOfViewer = MyHomeProps["viewer"]["memberships"][number]["organization"];

function Organized({ organization }: { organization: OrganizationOfViewer }) {
  const { t } = useText();
  const zone = useVisitorZone();
  const title = `organization-${organization.slug}`;
  return (
    <section className="sec" aria-labelledby={title}>
      <div className="row between wrap head">
        <h2 className="h3" id={title}>
          {t("organize")} <span className="muted">· {organization.name}</span>
        </h2>
        <ButtonLink href="/organize/new" variant="solid" size="sm">
          <Icon name="plus" size="sm" />
          {t("newEvent")}
        </ButtonLink>
      </div>
      {organization.events.length === 0 && (
        <div className="card">
          <Empty icon="grid" title={t("noOwnEvents")}>
            {t("noOwnEventsText")}
          </Empty>
        </div>
      )}
      <ul className="cards">
        {organization.events.map((event) => (
          <li key={event.id} {...brand(event.accent)}>
            <Link href={`/organize/events/${event.id}`}>
              <Cover event={event} />
              <b className="strong">{event.name}</b>
              <span className="row between">
                <span className="small muted">{formatDateRange(event.startsAt, event.endsAt, zone)}</span>
                <StatusBadge status={event.status} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function StatusBadge({ status }: { status: EventCardFragment["status"] }) {
  const { t } = useText();
  if (status === "PUBLISHED")
    return (
      <Badge tone="success" icon="check">
        {t("status.PUBLISHED")}
      </Badge>
    );
  return <Badge {...(status === "CANCELLED" && { tone: "danger" as const })}>{t(`status.${status}`)}</Badge>;
}
