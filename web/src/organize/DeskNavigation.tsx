import { Link } from "wouter";
import type { EventDeskQuery } from "../gql/graphql.ts";
import { Avatar, Icon } from "../platform/components/index.ts";
import type { IconName } from "../platform/icons/names.ts";
import { Wordmark } from "../platform/shell/Message.tsx";
import { formatNumber } from "../platform/time/format.ts";
import { conflictCount, type DeskEvent, deskPath, stagesOf, studioPath } from "./desk.ts";
import { EventSwitcher } from "./EventSwitcher.tsx";
import { useOrganizeText } from "./text.ts";

const entries = [
  { page: "overview", icon: "home", short: "overview" },
  { page: "page", icon: "doc", short: "pageShort" },
  { page: "registration", icon: "ticket", short: "registrationShort" },
  { page: "orders", icon: "doc", short: "orders" },
  { page: "agenda", icon: "cal", short: "agenda" },
  { page: "show", icon: "timer", short: "showShort" },
  { page: "speakers", icon: "people", short: "speakers" },
  { page: "tables", icon: "table", short: "tables" },
  { page: "giveaways", icon: "card", short: "giveaways" },
  { page: "rehearsal", icon: "rehearse", short: "rehearsal" },
  { page: "replays", icon: "play", short: "replays" },
] as const satisfies { page: string; icon: IconName; short: string }[];

/** Too wide for the bar of a phone; the overview leads to them there. */
const atTheDesk: ReadonlySet<string> = new Set(["orders", "giveaways", "rehearsal"]);

/** Tables are for events with a room for them, orders for events that sell something. */
function entriesOf(event: DeskEvent) {
  return entries.filter(
    ({ page }) =>
      (page !== "tables" || event.rooms.some(({ kind }) => kind === "NETWORKING")) &&
      (page !== "orders" || event.ticketTypes.some(({ price }) => price > 0)),
  );
}

function pathOf(event: DeskEvent, page: string): string {
  return deskPath(event, page === "overview" ? "" : page);
}

interface DeskNavigationProps {
  event: DeskEvent;
  viewer: NonNullable<EventDeskQuery["viewer"]>;
  page: string;
}

/** The way around an event's desk, beside the page. */
export function DeskNavigation({ event, viewer, page }: DeskNavigationProps) {
  const { t } = useOrganizeText();
  const conflicts = conflictCount(event);
  const stages = stagesOf(event).filter((room) => room.viewerMayBroadcast);
  return (
    <nav className="side" aria-label={t("desk.navigation")}>
      <div className="side-mark">
        <Wordmark />
      </div>
      <EventSwitcher event={event} />
      {entriesOf(event).map(({ page: one, icon }) => (
        <Link key={one} className="nav" href={pathOf(event, one)} aria-current={one === page ? "page" : undefined}>
          <Icon name={icon} />
          {t(`desk.${one}`)}
          {one === "registration" && event.registrationCount > 0 && (
            <span className="count">{formatNumber(event.registrationCount)}</span>
          )}
          {one === "agenda" && conflicts > 0 && (
            <span className="count" aria-label={t("desk.conflicts", { count: conflicts })} role="img">
              {conflicts}
            </span>
          )}
        </Link>
      ))}
      <p className="grp">{t("desk.onTheDay")}</p>
      {stages.map((room) => (
        <Link key={room.id} className="nav" href={studioPath(event, room)}>
          <Icon name="live" />
          <span className="trunc">
            {stages.length === 1 ? t("desk.studio") : t("desk.studioOf", { room: room.name })}
          </span>
        </Link>
      ))}
      <Link className="nav" href={`/e/${event.slug}/moderation`}>
        <Icon name="shield" />
        {t("desk.moderation")}
      </Link>
      <Link className="nav side-foot" href="/organize">
        <Icon name="left" />
        {t("desk.allEvents")}
      </Link>
      <Link className="nav" href="/account">
        <Avatar name={viewer.name} size="xs" />
        <span className="trunc">{viewer.name}</span>
      </Link>
    </nav>
  );
}

/** The same five on a phone, at the lower edge. */
export function DeskNavigationShort({ event, page }: { event: DeskEvent; page: string }) {
  const { t } = useOrganizeText();
  return (
    <nav className="mbar" aria-label={t("desk.navigationShort")}>
      {entriesOf(event)
        .filter(({ page: one }) => !atTheDesk.has(one))
        .map(({ page: one, icon, short }) => (
          <Link key={one} href={pathOf(event, one)} aria-current={one === page ? "page" : undefined}>
            <Icon name={icon} />
            {t(`desk.${short}`)}
          </Link>
        ))}
    </nav>
  );
}
