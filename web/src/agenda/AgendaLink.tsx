import { useState } from "react";
import { MakeAgendaLinkDocument, RemoveAgendaLinkDocument } from "../gql/graphql.ts";
import { useAction } from "../organize/useAction.ts";
import { Button, FormError, TextField, useToast } from "../platform/components/index.ts";
import { useAgendaText } from "./text.ts";

/** The private address at which a calendar program reads what one starred: made, made anew, taken back. */
export function AgendaLink({ event }: { event: { id: string; viewerHasAgendaLink: boolean } }) {
  const { t } = useAgendaText();
  const toast = useToast();
  const make = useAction(MakeAgendaLinkDocument);
  const remove = useAction(RemoveAgendaLinkDocument);
  const [address, setAddress] = useState<string>();
  const refusal = make.refusal ?? remove.refusal;

  const renew = async () => setAddress((await make.run({ event: event.id }))?.makeAgendaLink);
  const stop = async () => {
    if (!(await remove.run({ event: event.id }))) return;
    setAddress(undefined);
    toast({ text: t("mine.link.removed") });
  };

  return (
    <section className="card my-agenda-link" aria-labelledby="agenda-link">
      <h2 className="h4" id="agenda-link">
        {t("mine.link.title")}
      </h2>
      <p className="small muted">
        {event.viewerHasAgendaLink && !address ? t("mine.link.exists") : t("mine.link.text")}
      </p>
      <div role="status">
        {address && (
          <TextField
            label={t("mine.link.address")}
            hint={t("mine.link.once")}
            value={address}
            readOnly
            onFocus={(focus) => focus.target.select()}
          />
        )}
      </div>
      <div className="row wrap">
        <Button variant="line" pending={make.pending} onClick={() => void renew()}>
          {t(event.viewerHasAgendaLink ? "mine.link.renew" : "mine.link.make")}
        </Button>
        {event.viewerHasAgendaLink && (
          <Button variant="ghost" pending={remove.pending} onClick={() => void stop()}>
            {t("mine.link.remove")}
          </Button>
        )}
      </div>
      {refusal && <FormError>{refusal.message}</FormError>}
    </section>
  );
}
