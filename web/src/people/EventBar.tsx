import { Link } from "wouter";
import { Avatar } from "../platform/components/Avatar.tsx";
import { LiveBadge } from "../platform/components/Badge.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import type { IconName } from "../platform/icons/names.ts";
import { messagePath, peoplePath } from "./paths.ts";
import { useText } from "./text.ts";

interface EventBarProps {
  event: {
    slug: string;
    name: string;
    rooms: readonly { slug: string; kind: string; stage?: { state: string } | null }[];
  };
  viewer: { name: string } | null | undefined;
  here: "people" | "messages" | "prizes" | "agenda";
  /** Messages that were not seen. */
  unread?: number;
}

/** The attendee's way around an event, over its pages; on a phone it is the bar at the lower edge. */
export function EventBar({ event, viewer, here, unread = 0 }: EventBarProps) {
  const { t } = useText();
  const stages = event.rooms.filter((room) => room.kind === "STAGE");
  const live = stages.find((room) => room.stage?.state === "live");
  const stage = live ?? stages[0];
  const ways: { key: string; icon: IconName; text: string; href: string; live?: boolean; count?: number }[] = [
    {
      key: "stage",
      icon: "live",
      text: t("stage"),
      href: stage ? `/e/${event.slug}/rooms/${stage.slug}` : `/e/${event.slug}/in`,
      live: live !== undefined,
    },
    { key: "programme", icon: "cal", text: t("programme"), href: `/e/${event.slug}#programme` },
    { key: "agenda", icon: "bookmark", text: t("agenda"), href: `/e/${event.slug}/my-agenda` },
    { key: "people", icon: "people", text: t("people"), href: peoplePath(event.slug) },
    { key: "messages", icon: "chat", text: t("messages"), href: messagePath(event.slug), count: unread },
  ];
  const current = (key: string) => (key === here ? { "aria-current": "page" as const } : {});
  return (
    <>
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <header className="ebar">
        <Link className="host" href={`/e/${event.slug}`}>
          <i className="hostmark" aria-hidden="true" />
          <span className="trunc">{event.name}</span>
        </Link>
        <nav className="row event-ways" aria-label={t("nav")}>
          {ways.map(({ key, text, href, live: isLive, count }) => (
            <Link className="n" href={href} key={key} {...current(key)}>
              {text}
              {isLive && <LiveBadge>{t("live")}</LiveBadge>}
              {!!count && <Unread count={count} />}
            </Link>
          ))}
        </nav>
        <span className="grow" />
        {viewer && (
          <Link className="me" href="/account">
            <Avatar name={viewer.name} />
            <span className="sr">
              {t("account")}: {viewer.name}
            </span>
          </Link>
        )}
      </header>
      <nav className="mbar" aria-label={t("navShort")}>
        {ways.map(({ key, icon, text, href, count }) => (
          <Link href={href} key={key} {...current(key)}>
            <Icon name={icon} />
            {text}
            {!!count && <Unread count={count} />}
          </Link>
        ))}
      </nav>
    </>
  );
}

function Unread({ count }: { count: number }) {
  const { t } = useText();
  return (
    <span className="count new">
      <span className="sr">{t("unread", { count })}</span>
      <span aria-hidden="true">{count}</span>
    </span>
  );
}
