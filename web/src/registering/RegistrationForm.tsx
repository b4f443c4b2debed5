import { type FormEvent, useState } from "react";
import type { LandingEvent } from "../events/event.ts";
import { type LandingQuery, RegisterDocument, type RegisterMutation } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { FormError, SelectField, TextField } from "../platform/components/Field.tsx";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { visitorZone } from "../platform/time/zones.ts";
import { useText } from "./text.ts";

/** What the person asked for. */
export interface Booking {
  name: string;
  email: string;
  ticket: string;
}

interface RegistrationFormProps {
  event: LandingEvent;
  viewer: LandingQuery["viewer"];
  ticket: string | undefined;
  onReply: (reply: RegisterMutation["register"], booked: Booking) => void;
}

export function RegistrationForm({ event, viewer, ticket, onReply }: RegistrationFormProps) {
  const { t } = useText();
  const [ticketType, setTicketType] = useState(ticket ?? "");
  const [refusal, setRefusal] = useState<Refusal>();
  const [pending, setPending] = useState(false);
  const open = event.ticketTypes.filter((type) => type.remaining > 0 && !type.price);

  async function submit(form: FormEvent<HTMLFormElement>) {
    form.preventDefault();
    const fields = new FormData(form.currentTarget);
    const person = { name: String(fields.get("name")).trim(), email: String(fields.get("email")).trim() };
    if (!person.name) return setRefusal({ code: "invalid-input", field: "name", message: t("nameMissing") });
    if (!/.@./.test(person.email))
      return setRefusal({ code: "invalid-input", field: "email", message: t("emailMissing") });
    setPending(true);
    setRefusal(undefined);
    try {
      const input = { event: event.id, ticketType, ...person, timeZone: visitorZone() };
      const { register } = await send(RegisterDocument, { input });
      onReply(register, { ...person, ticket: open.find((type) => type.id === ticketType)?.name ?? "" });
    } catch (error) {
      setRefusal(refusalOf(error));
      setPending(false);
    }
  }

  const errorOf = (field: string) => (refusal?.field === field ? refusal.message : undefined);
  const known = refusal?.field === "name" || refusal?.field === "email";
  return (
    <form className="stack form" noValidate onSubmit={(form) => void submit(form)}>
      {open.length > 1 && (
        <SelectField label={t("ticket")} value={ticketType} onChange={(e) => setTicketType(e.target.value)}>
          {open.map((type) => (
            <option key={type.id} value={type.id}>
              {type.name}
            </option>
          ))}
        </SelectField>
      )}
      <TextField
        label={t("name")}
        hint={t("nameHint")}
        name="name"
        autoComplete="name"
        required
        defaultValue={viewer?.name}
        error={errorOf("name")}
      />
      <TextField
        label={t("email")}
        hint={t("emailHint")}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="email"
        required
        defaultValue={viewer?.email}
        error={errorOf("email")}
      />
      {refusal && !known && <FormError>{refusal.message}</FormError>}
      <Button variant="primary" size="lg" block type="submit" pending={pending}>
        {t("register")}
      </Button>
    </form>
  );
}
