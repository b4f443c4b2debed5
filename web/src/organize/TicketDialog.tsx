import { useState } from "react";
import { checkTicket, type FieldErrors, LIMITS, type TicketForm } from "../events/eventForm.ts";
import { SaveTicketTypeDocument } from "../gql/graphql.ts";
import { currencies, decimalsOf, parseAmount, writeAmount } from "../orders/amounts.ts";
import { FormError, SelectField, TextField, useToast } from "../platform/components/index.ts";
import type { DeskPageProps, DeskTicket } from "./desk.ts";
import { EditDialog } from "./EditDialog.tsx";
import { focusFirstInvalid } from "./forms.ts";
import { useOrganizeText } from "./text.ts";
import { fieldError, formError, useAction } from "./useAction.ts";

interface TicketDialogProps extends DeskPageProps {
  /** Undefined: a new one. */
  ticket: DeskTicket | undefined;
  onClose: () => void;
}

/** A kind of place: what it is called, how many there are and what one costs. */
export function TicketDialog({ event, ticket, onClose }: TicketDialogProps) {
  const { t } = useOrganizeText();
  const toast = useToast();
  const taken = ticket ? ticket.capacity - ticket.remaining : 0;
  const [form, setForm] = useState({
    name: ticket?.name ?? "",
    description: ticket?.description ?? "",
    capacity: String(ticket?.capacity ?? 100),
  });
  const [cost, setCost] = useState(() => {
    const currency = ticket?.currency ?? event.ticketTypes[0]?.currency ?? "EUR";
    return {
      price: writeAmount(ticket?.price ?? 0, decimalsOf(currency)),
      currency,
      tax: String((ticket?.taxRate ?? 0) / 100),
    };
  });
  const price = parseAmount(cost.price, decimalsOf(cost.currency));
  const taxRate = parseAmount(cost.tax, 2);
  const [costChecked, setCostChecked] = useState(false);
  const [errors, setErrors] = useState<FieldErrors<keyof TicketForm>>({});
  const save = useAction(SaveTicketTypeDocument);

  const submit = async (filled: HTMLFormElement) => {
    const found = checkTicket(form, taken);
    setErrors(found);
    setCostChecked(true);
    if (Object.keys(found).length > 0 || price === undefined || taxRate === undefined) return focusFirstInvalid(filled);
    if (save.pending) return;
    const saved = await save.run({
      input: {
        ...(ticket && { id: ticket.id }),
        event: event.id,
        name: form.name.trim(),
        description: form.description.trim(),
        capacity: Number(form.capacity),
        price,
        currency: cost.currency,
        taxRate,
      },
    });
    if (!saved) return;
    toast({ text: t("registration.savedTicket", { name: saved.saveTicketType.name }) });
    onClose();
  };

  const own = (field: keyof TicketForm) => errors[field] && t(`errors.${errors[field] as "nameMissing"}`);
  const general = formError(save.refusal, ["name", "description", "capacity", "price", "currency", "taxRate"]);
  return (
    <EditDialog
      title={ticket ? t("registration.editTicket") : t("registration.addTicket")}
      pending={save.pending}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t("registration.ticketName")}
        placeholder={t("registration.ticketNamePlaceholder")}
        value={form.name}
        autoComplete="off"
        error={fieldError(own("name"), save.refusal, "name")}
        onChange={(change) => setForm({ ...form, name: change.target.value })}
      />
      <TextField
        label={t("registration.ticketDescription")}
        hint={t("registration.ticketDescriptionHint")}
        value={form.description}
        maxLength={LIMITS.ticketDescription}
        autoComplete="off"
        error={fieldError(undefined, save.refusal, "description")}
        onChange={(change) => setForm({ ...form, description: change.target.value })}
      />
      <TextField
        label={t("registration.capacity")}
        hint={taken > 0 ? t("registration.capacityTaken", { count: taken }) : undefined}
        type="number"
        inputMode="numeric"
        min={Math.max(1, taken)}
        max={LIMITS.capacity}
        value={form.capacity}
        error={fieldError(own("capacity"), save.refusal, "capacity")}
        onChange={(change) => setForm({ ...form, capacity: change.target.value })}
      />
      <TextField
        label={t("registration.price")}
        hint={t("registration.priceHint")}
        inputMode="decimal"
        autoComplete="off"
        value={cost.price}
        error={fieldError(
          costChecked && price === undefined ? t("registration.priceInvalid") : undefined,
          save.refusal,
          "price",
        )}
        onChange={(change) => setCost({ ...cost, price: change.target.value })}
      />
      {price !== 0 && (
        <>
          <SelectField
            label={t("registration.currency")}
            value={cost.currency}
            error={fieldError(undefined, save.refusal, "currency")}
            onChange={(change) => setCost({ ...cost, currency: change.target.value })}
          >
            {currencies.map((currency) => (
              <option key={currency}>{currency}</option>
            ))}
          </SelectField>
          <TextField
            label={t("registration.tax")}
            hint={t("registration.taxHint")}
            inputMode="decimal"
            autoComplete="off"
            value={cost.tax}
            error={fieldError(
              costChecked && taxRate === undefined ? t("registration.taxInvalid") : undefined,
              save.refusal,
              "taxRate",
            )}
            onChange={(change) => setCost({ ...cost, tax: change.target.value })}
          />
        </>
      )}
      {general && <FormError>{general}</FormError>}
    </EditDialog>
  );
}
