import { useState } from "react";
import { useQuery } from "urql";
import { Link } from "wouter";
import { FloorDocument } from "../gql/graphql.ts";
import { type DeskPageProps, type DeskRoom, deskPath } from "../organize/desk.ts";
import { Button, ButtonLink, Empty, Icon, SkeletonCard } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { useTitle } from "../platform/shell/title.ts";
import { formatTimeRange } from "../platform/time/format.ts";
import type { TableNow } from "./floor.ts";
import { TableDialog } from "./TableDialog.tsx";
import { useTablesText } from "./text.ts";
import "./tables.css";

/** The organizer's tables: of every floor of the event its topics, seats, hosts and roundtables. */
export function TablesDesk({ event }: DeskPageProps) {
  const { t } = useTablesText();
  useTitle(t("desk.title"), event.name);
  return (
    <div className="tdesk">
      <div className="crumb">
        <Link href={deskPath(event)}>{event.name}</Link>
        <Icon name="right" />
        <span>{t("desk.title")}</span>
      </div>
      <div>
        <h1 className="h2">{t("desk.title")}</h1>
        <p className="muted">{t("desk.text")}</p>
      </div>
      {event.rooms
        .filter(({ kind }) => kind === "NETWORKING")
        .map((room) => (
          <FloorCard key={room.id} event={event} room={room} />
        ))}
    </div>
  );
}

function FloorCard({ event, room }: DeskPageProps & { room: DeskRoom }) {
  const { t } = useTablesText();
  const [{ data, error }, ask] = useQuery({ query: FloorDocument, variables: { room: room.id } });
  const [editing, setEditing] = useState<{ table?: TableNow }>();
  const refresh = () => ask({ requestPolicy: "network-only" });
  if (!data) {
    if (!error) return <SkeletonCard />;
    return (
      <Empty icon="warn" title={t("desk.failed")} action={<Button onClick={refresh}>{t("again")}</Button>}>
        {refusalOf(error).message}
      </Empty>
    );
  }
  return (
    <section className="card" aria-labelledby={`floor-${room.id}`}>
      <div className="headrow">
        <h2 className="h3" id={`floor-${room.id}`}>
          {room.name}
        </h2>
        <div className="row">
          <ButtonLink href={`/e/${event.slug}/rooms/${room.slug}`} variant="ghost" size="sm">
            {t("desk.floor")}
          </ButtonLink>
          <Button variant="solid" size="sm" onClick={() => setEditing({})}>
            <Icon name="plus" size="sm" />
            {t("desk.add")}
          </Button>
        </div>
      </div>
      {data.floor.tables.length === 0 ? (
        <Empty icon="table" title={t("desk.none")}>
          {t("desk.noneText")}
        </Empty>
      ) : (
        <ul>
          {data.floor.tables.map((table) => (
            <TableRow key={table.id} table={table} zone={event.timeZone} onEdit={() => setEditing({ table })} />
          ))}
        </ul>
      )}
      {editing && (
        <TableDialog
          key={editing.table?.id ?? "new"}
          event={event}
          room={room}
          table={editing.table}
          onSaved={refresh}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  );
}

function TableRow({ table, zone, onEdit }: { table: TableNow; zone: string; onEdit: () => void }) {
  const { t } = useTablesText();
  const topic = table.topic || t("noTopic", { number: table.number });
  const facts = [
    t("desk.seatsOf", { count: table.seats }),
    table.sitters.length > 0 && t("desk.sitting", { count: table.sitters.length }),
    table.startsAt && table.endsAt && formatTimeRange(table.startsAt, table.endsAt, zone),
    table.host && t(table.passing ? "desk.passing" : "hosted", { name: table.host.name }),
    table.list.length > 0 && t("list.names", { names: table.list.map(({ name }) => name).join(", ") }),
  ];
  return (
    <li>
      <Icon name={table.locked ? "lock" : "table"} />
      <div>
        <p className="strong trunc">{topic}</p>
        <p className="small muted">{facts.filter(Boolean).join(" · ")}</p>
      </div>
      <Button
        variant="ghost"
        size="sm"
        aria-label={`${t("desk.edit", { number: table.number })}: ${topic}`}
        onClick={onEdit}
      >
        <Icon name="edit" size="sm" />
      </Button>
    </li>
  );
}
