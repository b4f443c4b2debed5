import type { Admission, LandingEvent } from "../events/event.ts";
import { Button, ButtonLink, buttonClass } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { formatMoney } from "../platform/money.ts";
import { formatDateRange } from "../platform/time/format.ts";
import { useVisitorZone } from "../platform/time/zones.ts";
import { useText } from "./text.ts";

export interface TicketBoxProps {
  event: LandingEvent;
  admission: Admission;
  /** Where "Go in" leads, for those who may. */
  goTo: string | undefined;
  chosen: string | undefined;
  onChoose: (ticketType: string) => void;
  onRegister: () => void;
  onResend: () => void;
}

/** Fewer places than this are worth telling. */
const fewLeft = 25;

/** The sticky box beside the programme: tickets and the way in. */
export function TicketBox(props: TicketBoxProps) {
  const { event, admission, goTo, chosen, onChoose, onRegister, onResend } = props;
  const { t } = useText();
  const says = useSentence(props);
  return (
    <aside className="card tbox" id="tickets" aria-labelledby="tickets-title">
      <div className="top">
        <h2 className="h3" id="tickets-title">
          {says.title}
        </h2>
        {says.text && <p className="small muted">{says.text}</p>}
      </div>
      {(admission === "open" || admission === "sold-out") && (
        <fieldset>
          <legend className="sr">{t("ticket")}</legend>
          {event.ticketTypes.map((ticket) => (
            <label className="t" key={ticket.id}>
              <span className="check">
                <input
                  type="radio"
                  name="ticket"
                  value={ticket.id}
                  checked={ticket.id === chosen}
                  disabled={ticket.remaining <= 0}
                  onChange={() => onChoose(ticket.id)}
                />
              </span>
              <span className="strong">{ticket.name}</span>
              <span className="strong num">{ticket.remaining > 0 ? priceOf(ticket, t("free")) : t("soldOut")}</span>
              <small>
                {[
                  ticket.description,
                  ticket.remaining > 0 && ticket.remaining < fewLeft && t("left", { count: ticket.remaining }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </label>
          ))}
        </fieldset>
      )}
      <div className="foot stack">
        {goTo && (
          <ButtonLink variant="primary" size="lg" block href={goTo}>
            {t("goIn")}
          </ButtonLink>
        )}
        {admission === "open" && (
          <Button variant="primary" size="lg" block onClick={onRegister}>
            {t("register")}
          </Button>
        )}
        {admission === "ended" && event.replays.length > 0 && (
          <a className={buttonClass({ variant: "primary", size: "lg", block: true })} href="#replays">
            {t("seeReplays")}
          </a>
        )}
        {admission === "going" && (
          <a className={buttonClass({ variant: "line", block: true })} href={`/e/${event.slug}/event.ics`} download>
            <Icon name="cal" size="sm" />
            {t("addToCalendar")}
          </a>
        )}
        {(admission === "open" || admission === "sold-out" || admission === "closed") && (
          <Button variant="ghost" size="sm" block onClick={onResend}>
            {t("again")} {t("sendAgain")}
          </Button>
        )}
        {admission === "open" && <p className="tiny muted center">{t("noPassword")}</p>}
      </div>
    </aside>
  );
}

/** The same on a phone, always within reach of the thumb. */
export function TicketBar(props: TicketBoxProps) {
  const { event, admission, goTo, chosen, onRegister } = props;
  const { t } = useText();
  const zone = useVisitorZone();
  const says = useSentence(props);
  if (admission !== "open" && !goTo) return null;
  return (
    <section className="sticky only-s" aria-label={t("ticketsShort")}>
      <div className="grow">
        <p className="strong num trunc">
          {admission === "open"
            ? priceOf(
                event.ticketTypes.find(({ id }) => id === chosen),
                t("free"),
              )
            : says.title}
        </p>
        <p className="tiny muted trunc">{formatDateRange(event.startsAt, event.endsAt, zone)}</p>
      </div>
      {goTo ? (
        <ButtonLink variant="primary" href={goTo}>
          {t("goIn")}
        </ButtonLink>
      ) : (
        <Button variant="primary" onClick={onRegister}>
          {t("register")}
        </Button>
      )}
    </section>
  );
}

function priceOf(ticket: LandingEvent["ticketTypes"][number] | undefined, free: string): string {
  return ticket?.price ? formatMoney(ticket.price, ticket.currency) : free;
}

function useSentence({ event, admission }: TicketBoxProps): { title: string; text?: string | undefined } {
  const { t } = useText();
  switch (admission) {
    case "going": {
      const ticket = event.viewerRegistration?.ticketType.name;
      return { title: t("youAreGoing"), text: ticket && t("yourTicket", { ticket }) };
    }
    case "crew":
      return { title: t("crewIn"), text: t("crewText") };
    case "sold-out":
      return { title: t("soldOut"), text: t("soldOutText") };
    case "closed":
      return { title: t("closed"), text: t("closedText") };
    case "draft":
      return { title: t("tickets"), text: t("draftText") };
    case "ended":
      return { title: t("ended"), text: event.replays.length > 0 ? t("endedReplays") : t("endedText") };
    case "cancelled":
      return { title: t("cancelled"), text: t("cancelledText") };
    case "open":
      return { title: t("tickets") };
  }
}
