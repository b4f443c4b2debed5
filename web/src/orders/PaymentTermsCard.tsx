import { type FormEvent, useState } from "react";
import { type OrdersOfEventQuery, SavePaymentTermsDocument } from "../gql/graphql.ts";
import type { DeskEvent } from "../organize/desk.ts";
import { fieldError, formError, useAction } from "../organize/useAction.ts";
import { Button, FormError, TextAreaField, TextField, useToast } from "../platform/components/index.ts";
import { useText } from "./text.ts";

type Terms = NonNullable<NonNullable<OrdersOfEventQuery["event"]>["paymentTerms"]>;

interface PaymentTermsCardProps {
  event: DeskEvent;
  terms: Terms | undefined;
  onSaved: () => void;
}

/** Who sells the tickets and how buyers pay. Until it is said, nothing with a price is sold. */
export function PaymentTermsCard({ event, terms, onSaved }: PaymentTermsCardProps) {
  const { t } = useText();
  const toast = useToast();
  const [seller, setSeller] = useState(terms?.seller ?? event.organization.name);
  const [instructions, setInstructions] = useState(terms?.instructions ?? "");
  const [days, setDays] = useState(String(terms?.daysToPay ?? 7));
  const save = useAction(SavePaymentTermsDocument);

  async function submit(submitted: FormEvent) {
    submitted.preventDefault();
    const daysToPay = Number.isInteger(Number(days)) ? Number(days) : 0; // 0 is refused, with what would do
    if (!(await save.run({ input: { event: event.id, seller, instructions, daysToPay } }))) return;
    toast({ text: t("termsSaved") });
    onSaved();
  }

  const general = formError(save.refusal, ["seller", "instructions", "daysToPay"]);
  return (
    <details className="card" open={!terms}>
      <summary className="strong">{t("terms")}</summary>
      <form className="stack form-stack" noValidate onSubmit={(submitted) => void submit(submitted)}>
        <p className="small muted">{t("termsLead")}</p>
        <TextAreaField
          label={t("seller")}
          hint={t("sellerHint")}
          rows={3}
          value={seller}
          maxLength={400}
          error={fieldError(undefined, save.refusal, "seller")}
          onChange={(change) => setSeller(change.target.value)}
        />
        <TextAreaField
          label={t("how")}
          hint={t("howHint")}
          rows={3}
          value={instructions}
          maxLength={1000}
          error={fieldError(undefined, save.refusal, "instructions")}
          onChange={(change) => setInstructions(change.target.value)}
        />
        <TextField
          label={t("days")}
          hint={t("daysHint")}
          type="number"
          inputMode="numeric"
          min={1}
          max={30}
          value={days}
          error={fieldError(undefined, save.refusal, "daysToPay")}
          onChange={(change) => setDays(change.target.value)}
        />
        {general && <FormError>{general}</FormError>}
        <div className="row">
          <Button variant="solid" type="submit" pending={save.pending}>
            {t("saveTerms")}
          </Button>
        </div>
      </form>
    </details>
  );
}
