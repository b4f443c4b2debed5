import { type FormEvent, useRef, useState } from "react";
import { PlaceOrderDocument, type ShopQuery } from "../gql/graphql.ts";
import { Button, Empty, FormError, SelectField, TextField } from "../platform/components/index.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { formatMoney } from "../platform/money.ts";
import { formatDateRange } from "../platform/time/format.ts";
import { visitorZone } from "../platform/time/zones.ts";
import type { ShopEvent } from "./OrderPage.tsx";
import { useText } from "./text.ts";

interface Guest {
  id: number;
  ticketType: string;
  name: string;
  email: string;
}

interface OrderFormProps {
  event: ShopEvent;
  viewer: ShopQuery["viewer"];
  /** Reads prices and places again. */
  reload: () => Promise<void>;
  onOrdered: (key: string) => void;
}

const mostGuests = 20;

/** Tickets for oneself and others. The buyer is the first guest, and gets the receipt. */
export function OrderForm({ event, viewer, reload, onOrdered }: OrderFormProps) {
  const { t } = useText();
  const open = event.ticketTypes.filter((type) => type.remaining > 0);
  const wished = new URLSearchParams(location.search).get("ticket");
  const first = open.find((type) => type.id === wished) ?? open[0];
  const [guests, setGuests] = useState<Guest[]>([
    { id: 0, ticketType: first?.id ?? "", name: viewer?.name ?? "", email: viewer?.email ?? "" },
  ]);
  const [refusal, setRefusal] = useState<Refusal>();
  const [pending, setPending] = useState(false);
  const [checked, setChecked] = useState(false);
  // One purchase, however often the button is pressed; another one once something was changed.
  const purchase = useRef({ key: crypto.randomUUID(), content: "" });
  const form = useRef<HTMLFormElement>(null);

  if (event.status !== "PUBLISHED" || new Date(event.endsAt) <= new Date() || !first)
    return (
      <Empty icon="ticket" title={t("nothing.title")}>
        {t("nothing.text")}
      </Empty>
    );
  const typeOf = (guest: Guest) => event.ticketTypes.find((type) => type.id === guest.ticketType) ?? first;
  const total = guests.reduce((sum, guest) => sum + typeOf(guest).price, 0);
  const currency = guests.map(typeOf).find((type) => type.price > 0)?.currency ?? first.currency;
  const change = (id: number, part: Partial<Guest>) =>
    setGuests(guests.map((guest) => (guest.id === id ? { ...guest, ...part } : guest)));
  const nameError = (guest: Guest) => (checked && !guest.name.trim() ? t("nameMissing") : undefined);
  const emailError = (guest: Guest) => {
    if (!checked) return undefined;
    const email = guest.email.trim();
    if (!/.@./.test(email)) return t("emailMissing");
    const same = guests.filter((other) => other.email.trim().toLowerCase() === email.toLowerCase());
    return same.length > 1 && same[0] !== guest ? t("emailTwice") : undefined;
  };

  async function submit(submitted: FormEvent) {
    submitted.preventDefault();
    setChecked(true);
    const people = guests.map(({ name, email, ticketType }) => ({
      ticketType,
      name: name.trim(),
      email: email.trim(),
    }));
    const [buyer] = people;
    const wrong = people.some(
      ({ name, email }, at) =>
        !name ||
        !/.@./.test(email) ||
        people.findIndex((other) => other.email.toLowerCase() === email.toLowerCase()) < at,
    );
    if (!buyer || wrong) {
      setRefusal(undefined);
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    const content = JSON.stringify([people, total]);
    if (purchase.current.content && purchase.current.content !== content) purchase.current.key = crypto.randomUUID();
    purchase.current.content = content;
    const { key } = purchase.current;
    setPending(true);
    setRefusal(undefined);
    try {
      await send(PlaceOrderDocument, {
        input: {
          key,
          event: event.id,
          name: buyer.name,
          email: buyer.email,
          timeZone: visitorZone(),
          total,
          places: people,
        },
      });
      onOrdered(key);
    } catch (error) {
      const why = refusalOf(error);
      setRefusal(why);
      setPending(false);
      if (why.code === "sold-out" || why.code === "price-changed") await reload();
    }
  }

  return (
    <form className="order-form" ref={form} noValidate onSubmit={(submitted) => void submit(submitted)}>
      <header>
        <h1 className="h2">{t("order")}</h1>
        <p className="muted">{formatDateRange(event.startsAt, event.endsAt, event.timeZone)}</p>
      </header>
      {guests.map((guest, at) => (
        <fieldset className="card stack order-guest" key={guest.id}>
          <legend className="sr">{at === 0 ? t("you") : t("guest", { number: at + 1 })}</legend>
          <div className="row between">
            <h2 className="h4">{at === 0 ? t("you") : t("guest", { number: at + 1 })}</h2>
            {at > 0 && (
              <Button
                variant="ghost"
                size="sm"
                aria-label={t("removeGuest", { number: at + 1 })}
                onClick={() => setGuests(guests.filter(({ id }) => id !== guest.id))}
              >
                {t("remove")}
              </Button>
            )}
          </div>
          <SelectField
            label={t("ticket")}
            hint={typeOf(guest).description || undefined}
            value={guest.ticketType}
            onChange={(changed) => change(guest.id, { ticketType: changed.target.value })}
          >
            {open.map((type) => (
              <option key={type.id} value={type.id}>
                {type.name} · {type.price > 0 ? formatMoney(type.price, type.currency) : t("free")}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t("name")}
            value={guest.name}
            autoComplete={at === 0 ? "name" : "off"}
            maxLength={80}
            required
            error={nameError(guest)}
            onChange={(changed) => change(guest.id, { name: changed.target.value })}
          />
          <TextField
            label={t("email")}
            hint={at === 0 ? t("emailHint") : t("guestEmailHint")}
            type="email"
            inputMode="email"
            value={guest.email}
            autoComplete={at === 0 ? "email" : "off"}
            required
            error={emailError(guest)}
            onChange={(changed) => change(guest.id, { email: changed.target.value })}
          />
        </fieldset>
      ))}
      {guests.length < mostGuests && (
        <Button
          variant="line"
          onClick={() =>
            setGuests([
              ...guests,
              {
                id: Math.max(...guests.map(({ id }) => id)) + 1,
                ticketType: guests.at(-1)?.ticketType ?? first.id,
                name: "",
                email: "",
              },
            ])
          }
        >
          {t("addGuest")}
        </Button>
      )}
      <p className="row between order-total" role="status">
        <span>{t("places", { count: guests.length })}</span>
        <b className="h3 num">{total > 0 ? formatMoney(total, currency) : t("free")}</b>
      </p>
      {total > 0 && <p className="small muted">{t("taxWithin")}</p>}
      {refusal && <FormError>{refusal.message}</FormError>}
      <Button variant="primary" size="lg" block type="submit" pending={pending}>
        {total > 0 ? t("orderFor", { price: formatMoney(total, currency) }) : t("register")}
      </Button>
      {total > 0 && <p className="tiny muted center">{t("byTransfer")}</p>}
    </form>
  );
}
