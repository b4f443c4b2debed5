import { useState } from "react";
import { RequestSignInDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { FormError } from "../platform/components/Field.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { useText } from "./text.ts";

/** For those who came by a personal link: how to make the account their own. */
export function ClaimHint({ email }: { email: string }) {
  const { t } = useText();
  const [sent, setSent] = useState(false);
  const [error, setError] = useState<string>();
  const ask = () =>
    send(RequestSignInDocument, { email, returnTo: "/account" }).then(
      () => setSent(true),
      (failure: unknown) => setError(refusalOf(failure).message),
    );
  return (
    <section className="card claim" aria-labelledby="claim">
      <div>
        <h2 className="h4" id="claim">
          {t("account.claimTitle")}
        </h2>
        <p className="muted">{t("account.claimText")}</p>
      </div>
      {error && <FormError>{error}</FormError>}
      {sent ? (
        <p role="status">{t("account.claimSent", { email })}</p>
      ) : (
        <Button variant="primary" onClick={() => void ask()}>
          {t("account.claimSend", { email })}
        </Button>
      )}
    </section>
  );
}
