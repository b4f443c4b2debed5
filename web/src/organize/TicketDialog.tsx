import { type FormEvent, useId, useState } from "react";
import { checkTicket, type FieldErrors, LIMITS, type TicketForm } from "../events/eventForm.ts";
import { SaveTicketTypeDocument } from "../gql/graphql.ts";
import { Button, Dialog, FormError, TextField, useToast } from "../platform/components/index.ts";
import type { DeskPageProps, DeskTicket } from "./desk.ts";
import { focusFirstInvalid } from "./forms.ts";
import { useOrganizeText } from "./text.ts";
import { fieldError, formError, useAction } from "./useAction.ts";

interface TicketDialogProps extends DeskPageProps {
  /** Undefined: a new one. */
  ticket: DeskTicket | undefined;
  onClose: () => void;
}

/** A kind of free place: what it is called and how many there are. */
export function TicketDialog({ event, ticket, onClose }: TicketDialogProps) {
  const { t } = useOrganizeText();
  const toast = useToast();
  const formId = useId();
  const taken = ticket ? ticket.capacity - ticket.remaining : 0;
  const [form, setForm] = useState({
    name: ticket?.name ?? "",
    description: ticket?.description ?? "",
    capacity: String(ticket?.capacity ?? 100),
  });
  const [errors, setErrors] = useState<FieldErrors<keyof TicketForm>>({});
  const save = useAction(SaveTicketTypeDocument);

  const submit = async (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    const found = checkTicket(form, taken);
    setErrors(found);
    if (Object.keys(found).length > 0) return focusFirstInvalid(submitted.currentTarget);
    if (save.pending) return;
    const saved = await save.run({
      input: {
        ...(ticket && { id: ticket.id }),
        event: event.id,
        name: form.name.trim(),
        description: form.description.trim(),
        capacity: Number(form.capacity),
      },
    });
    if (!saved) return;
    toast({ text: t("registration.savedTicket", { name: saved.saveTicketType.name }) });
    onClose();
  };

  const own = (field: keyof TicketForm) => errors[field] && t(`errors.${errors[field] as "nameMissing"}`);
  const general = formError(save.refusal, ["name", "description", "capacity"]);
  return (
    <Dialog
      open
      onClose={onClose}
      title={ticket ? t("registration.editTicket") : t("registration.addTicket")}
      kind="sheet"
      actions={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" type="submit" form={formId} pending={save.pending}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form id={formId} className="stack form-stack" onSubmit={(submitted) => void submit(submitted)} noValidate>
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
        {general && <FormError>{general}</FormError>}
      </form>
    </Dialog>
  );
}
