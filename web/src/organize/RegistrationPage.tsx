import { useState } from "react";
import { Link } from "wouter";
import { Badge, Button, Empty, Icon } from "../platform/components/index.ts";
import { formatMoney } from "../platform/money.ts";
import { useTitle } from "../platform/shell/title.ts";
import { formatNumber } from "../platform/time/format.ts";
import { type DeskPageProps, type DeskTicket, deskPath } from "./desk.ts";
import { RegistrationTable } from "./RegistrationTable.tsx";
import { TicketDialog } from "./TicketDialog.tsx";
import { useOrganizeText } from "./text.ts";
import "./registration.css";

/** The tickets of an event, and everyone who took one. */
export function RegistrationPage({ event }: DeskPageProps) {
  const { t } = useOrganizeText();
  const [editing, setEditing] = useState<{ ticket?: DeskTicket }>();
  useTitle(t("registration.title"), event.name);
  return (
    <>
      <div className="crumb">
        <Link href={deskPath(event)}>{event.name}</Link>
        <Icon name="right" />
        <span>{t("registration.title")}</span>
      </div>
      <div className="headrow">
        <div>
          <h1 className="h2">{t("registration.title")}</h1>
          <p className="muted overview-sub">
            {t("registration.lead")}{" "}
            {event.ticketTypes.some(({ price }) => price > 0) && (
              <Link className="link" href={deskPath(event, "orders")}>
                {t("registration.orders")}
              </Link>
            )}
          </p>
        </div>
        <Button variant="solid" onClick={() => setEditing({})}>
          <Icon name="plus" size="sm" />
          {t("registration.addTicket")}
        </Button>
      </div>
      <section aria-labelledby="tickets">
        <h2 className="h4 registration-title" id="tickets">
          {t("registration.tickets")}
        </h2>
        {event.ticketTypes.length === 0 ? (
          <div className="card">
            <Empty
              icon="ticket"
              title={t("registration.noTickets.title")}
              action={
                <Button variant="line" onClick={() => setEditing({})}>
                  {t("registration.addTicket")}
                </Button>
              }
            >
              {t("registration.noTickets.text")}
            </Empty>
          </div>
        ) : (
          <ul className="tickets">
            {event.ticketTypes.map((ticket) => (
              <li key={ticket.id}>
                <TicketCard ticket={ticket} onEdit={() => setEditing({ ticket })} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <RegistrationTable event={event} />
      {editing && (
        <TicketDialog
          key={editing.ticket?.id ?? "new"}
          event={event}
          ticket={editing.ticket}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  );
}

function TicketCard({ ticket, onEdit }: { ticket: DeskTicket; onEdit: () => void }) {
  const { t } = useOrganizeText();
  const taken = ticket.capacity - ticket.remaining;
  const share = ticket.capacity > 0 ? Math.min(100, (taken / ticket.capacity) * 100) : 0;
  const places = t("registration.taken", { taken: formatNumber(taken), capacity: formatNumber(ticket.capacity) });
  return (
    <div className="card ticket">
      <div className="row between">
        <h3 className="h4">{ticket.name}</h3>
        <Badge tone="accent">
          {ticket.price > 0 ? formatMoney(ticket.price, ticket.currency) : t("registration.free")}
        </Badge>
      </div>
      {ticket.description && <p className="small muted">{ticket.description}</p>}
      <div className="ticket-foot">
        <div
          className="progress"
          role="progressbar"
          aria-label={places}
          aria-valuenow={Math.round(share)}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <i style={{ width: `${share}%` }} />
        </div>
        <div className="row between">
          <span className="small num">
            {places}
            {ticket.remaining <= 0 && <b className="strong">. {t("registration.soldOut")}</b>}
          </span>
          <Button
            variant="ghost"
            size="sm"
            aria-label={t("registration.editOf", { name: ticket.name })}
            onClick={onEdit}
          >
            <Icon name="edit" size="sm" />
            {t("edit")}
          </Button>
        </div>
      </div>
    </div>
  );
}
