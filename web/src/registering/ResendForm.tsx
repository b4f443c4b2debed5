import { type FormEvent, useState } from "react";
import { ResendJoinLinkDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { TextField } from "../platform/components/Field.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { useText } from "./text.ts";

/** Sends the personal link again. The answer never tells whether that address is registered. */
export function ResendForm({ event, email }: { event: string; email: string }) {
  const { t } = useText();
  const [sentTo, setSentTo] = useState<string>();
  const [error, setError] = useState<string>();
  const [pending, setPending] = useState(false);

  async function submit(form: FormEvent<HTMLFormElement>) {
    form.preventDefault();
    const address = String(new FormData(form.currentTarget).get("email")).trim();
    if (!/.@./.test(address)) return setError(t("emailMissing"));
    setPending(true);
    setError(undefined);
    try {
      await send(ResendJoinLinkDocument, { event, email: address });
      setSentTo(address);
    } catch (failure) {
      setError(refusalOf(failure).message);
    } finally {
      setPending(false);
    }
  }

  if (sentTo)
    return (
      <p className="row sent" role="status">
        <Icon name="mail" />
        {t("resent", { email: sentTo })}
      </p>
    );
  return (
    <form className="stack form" noValidate onSubmit={(form) => void submit(form)}>
      <TextField label={t("email")} name="email" type="email" autoComplete="email" defaultValue={email} error={error} />
      <Button variant="primary" block type="submit" pending={pending}>
        {t("resend")}
      </Button>
    </form>
  );
}
