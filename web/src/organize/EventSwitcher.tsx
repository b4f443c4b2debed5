import { useState } from "react";
import { Button, MenuItem, Separator } from "react-aria-components";
import { useQuery } from "urql";
import { useLocation } from "wouter";
import { OrganizeDocument } from "../gql/graphql.ts";
import { DropMenu } from "../platform/components/DropMenu.tsx";
import { Icon } from "../platform/components/index.ts";
import { formatDaysShort } from "./calendarDay.ts";
import { type DeskEvent, deskPath } from "./desk.ts";
import { useOrganizeText } from "./text.ts";

/** The event being worked on, and the way to another one. */
export function EventSwitcher({ event }: { event: DeskEvent }) {
  const { t } = useOrganizeText();
  const [, navigate] = useLocation();
  const [open, setOpen] = useState(false);
  const [{ data }] = useQuery({ query: OrganizeDocument, pause: !open });
  const others = (data?.viewer?.memberships ?? [])
    .flatMap(({ organization }) => organization.events)
    .filter((other) => other.id !== event.id && other.status !== "CANCELLED")
    .sort((a, b) => b.startsAt.localeCompare(a.startsAt))
    .slice(0, 8);
  return (
    <DropMenu
      placement="bottom start"
      onAction={(path) => navigate(path)}
      onOpenChange={setOpen}
      trigger={
        <Button className="nav event-switcher">
          <span className="event-mark">
            <Icon name="live" size="sm" />
          </span>
          <span className="grow">
            <b className="strong trunc">{event.name}</b>
            <span className="tiny trunc">{formatDaysShort(event)}</span>
            <span className="sr">{t("desk.switchEvent")}</span>
          </span>
          <Icon name="down" size="sm" />
        </Button>
      }
    >
      {others.map((other) => (
        <MenuItem className="item" id={deskPath(other)} key={other.id} textValue={other.name}>
          <Icon name="cal" />
          <span className="trunc">{other.name}</span>
        </MenuItem>
      ))}
      {others.length > 0 && <Separator className="sep" />}
      <MenuItem className="item" id="/organize">
        <Icon name="grid" />
        {t("desk.allEvents")}
      </MenuItem>
      <MenuItem className="item" id="/organize/new">
        <Icon name="plus" />
        {t("home.newEvent")}
      </MenuItem>
    </DropMenu>
  );
}
