import { useEffect, useRef } from "react";
import { PersonMenu } from "../people/PersonMenu.tsx";
import { Avatar, Badge, Button, Icon } from "../platform/components/index.ts";
import { formatTimeRange } from "../platform/time/format.ts";
import { useVisitorZone } from "../platform/time/zones.ts";
import { badgeOf, freeSeat, type SeatNow, seatsOf, type TableNow } from "./floor.ts";
import { useTablesText } from "./text.ts";
import type { FloorState } from "./useFloor.ts";

interface TableCardProps {
  table: TableNow;
  me: string | undefined;
  floor: FloorState;
  event: { id: string; slug: string };
  /** People who are talking just now, as far as we hear them. */
  talking: ReadonlySet<string>;
  /** We are told when a seat gets free. */
  waiting: boolean;
  onWait: (wait: boolean) => void;
}

/** A table from above: its seats around it, each a button, and the one thing to do. */
export function TableCard({ table, me, floor, event, talking, waiting, onWait }: TableCardProps) {
  const { t } = useTablesText();
  const badge = badgeOf(table, me);
  const seats = seatsOf(table, me);
  const topic = table.topic || t("noTopic", { number: table.number });
  const card = useRef<HTMLLIElement>(null);
  const mine = badge === "mine";
  useEffect(() => {
    // The chair that was pressed is no button any more: whoever has only a keyboard goes on from here.
    if (mine && document.activeElement === document.body)
      card.current?.querySelector<HTMLElement>("[data-act]")?.focus();
  }, [mine]);
  return (
    <li ref={card} className={mine ? "tb me" : "tb"} data-testid="table" data-number={table.number}>
      {badge === "mine" && (
        <span className="tb-badge">
          <Badge tone="accent" icon="check">
            {t("badge.mine")}
          </Badge>
        </span>
      )}
      {badge === "full" && (
        <span className="tb-badge">
          <Badge icon="lock">{t("badge.full")}</Badge>
        </span>
      )}
      {badge === "locked" && (
        <span className="tb-badge">
          <Badge icon="lock">{t("badge.locked")}</Badge>
        </span>
      )}
      {badge === "listed" && (
        <span className="tb-badge">
          <Badge tone="accent" icon="bookmark">
            {t("badge.listed")}
          </Badge>
        </span>
      )}
      {badge === "roundtable" && (
        <span className="tb-badge">
          <Badge tone="outline" icon="clock">
            {t("badge.roundtable")}
          </Badge>
        </span>
      )}
      <div
        className="rt"
        role="group"
        aria-label={t("seatsTaken", { taken: table.sitters.length, seats: table.seats })}
      >
        <div className="top" aria-hidden="true">
          {table.sitters.length}/{table.seats}
          <small>{t("seats")}</small>
        </div>
        {seats.map((seat) => (
          <SeatButton
            key={seat.number}
            seat={seat}
            table={table}
            topic={topic}
            floor={floor}
            event={event}
            talking={talking}
          />
        ))}
      </div>
      <h2 className="h4">{topic}</h2>
      <Facts table={table} me={me} floor={floor} />
      <Act table={table} me={me} floor={floor} topic={topic} waiting={waiting} onWait={onWait} />
    </li>
  );
}

interface SeatButtonProps {
  seat: SeatNow;
  table: TableNow;
  topic: string;
  floor: FloorState;
  event: { id: string; slug: string };
  talking: ReadonlySet<string>;
}

function SeatButton({ seat, table, topic, floor, event, talking }: SeatButtonProps) {
  const { t } = useTablesText();
  const { number, state, sitter } = seat;
  // The first seat is at the top, the others follow clockwise.
  const place = { "--a": `${-90 + ((number - 1) * 360) / table.seats}deg` } as React.CSSProperties;
  const which = { seat: number, seats: table.seats, name: sitter?.name ?? "" };
  if (sitter) {
    const host = table.host?.person === sitter.person;
    const words = [
      t(state === "mine" ? "seat.mine" : "seat.taken", which),
      host && t("seat.host"),
      talking.has(sitter.person) && t("seat.talking"),
    ];
    return (
      <span
        className={talking.has(sitter.person) ? "chair tk" : "chair"}
        style={place}
        role="group"
        title={sitter.name}
        aria-label={words.filter(Boolean).join(", ")}
      >
        <Avatar name={sitter.name} photoUrl={sitter.picture ?? null} />
        {state === "taken" && (
          <PersonMenu
            event={event}
            person={{ id: sitter.person, name: sitter.name }}
            about={{ kind: "table", id: table.id }}
            className="chair-menu"
          />
        )}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="chair seat"
      style={place}
      data-state={state}
      disabled={state !== "free"}
      aria-label={`${t(`seat.${state}`, which)}: ${topic}`}
      onClick={() => void floor.sit(table.id, number)}
    >
      <Icon name={state === "free" ? "plus" : "lock"} size="sm" />
    </button>
  );
}

function Facts({ table, me, floor }: { table: TableNow; me: string | undefined; floor: FloorState }) {
  const { t } = useTablesText();
  const zone = useVisitorZone();
  const listed = table.list.some(({ person }) => person === me);
  if (!table.startsAt)
    return table.host ? <p className="tiny muted">{t("hosted", { name: table.host.name })}</p> : null;
  return (
    <div className="tb-list">
      <p className="small num">
        {table.endsAt ? formatTimeRange(table.startsAt, table.endsAt, zone) : ""}
        {table.host ? ` · ${t("hosted", { name: table.host.name })}` : ""}
      </p>
      <p className="tiny muted">
        {table.list.length > 0
          ? t("list.names", { names: table.list.map(({ name }) => name).join(", ") })
          : t("list.nobody")}
      </p>
      {(listed || table.list.length < table.seats) && (
        <Button variant="ghost" size="sm" aria-pressed={listed} onClick={() => void floor.book(table.id, !listed)}>
          <Icon name="bookmark" size="sm" />
          {t(listed ? "list.leave" : "list.come")}
        </Button>
      )}
    </div>
  );
}

interface ActProps {
  table: TableNow;
  me: string | undefined;
  floor: FloorState;
  topic: string;
  waiting: boolean;
  onWait: (wait: boolean) => void;
}

/** The one thing to do at this table. */
function Act({ table, me, floor, topic, waiting, onWait }: ActProps) {
  const { t } = useTablesText();
  // The words on it first, then at which table.
  const named = (act: string) => ({ "aria-label": `${act}: ${topic}` });
  const mine = table.sitters.some(({ person }) => person === me);
  const seat = freeSeat(table, me);
  if (mine)
    return (
      <Button
        variant="line"
        size="sm"
        data-act
        {...named(t("stand"))}
        pending={floor.pending}
        onClick={() => void floor.stand()}
      >
        <Icon name="leave" size="sm" />
        {t("stand")}
      </Button>
    );
  if (seat !== undefined)
    return (
      <Button
        variant="quiet"
        size="sm"
        {...named(t("sit"))}
        pending={floor.pending}
        onClick={() => void floor.sitAnywhere(table.id, seat, me)}
      >
        {t("sit")}
      </Button>
    );
  if (table.sitters.length >= table.seats)
    return (
      <Button
        variant="ghost"
        size="sm"
        {...named(t(waiting ? "waiting" : "wait"))}
        aria-pressed={waiting}
        onClick={() => onWait(!waiting)}
      >
        <Icon name="bell" size="sm" />
        {t(waiting ? "waiting" : "wait")}
      </Button>
    );
  if (table.locked) {
    const knocking = table.knocks.some(({ person }) => person === me);
    return (
      <Button
        variant={knocking ? "line" : "quiet"}
        size="sm"
        pending={floor.pending}
        {...named(t(knocking ? "knocking" : "knock"))}
        aria-pressed={knocking}
        onClick={() => void floor.knock(table.id, !knocking)}
      >
        <Icon name={knocking ? "clock" : "hand"} size="sm" />
        {t(knocking ? "knocking" : "knock")}
      </Button>
    );
  }
  return <p className="small muted tb-kept">{t("kept")}</p>;
}
