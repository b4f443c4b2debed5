import { type FormEvent, useState } from "react";
import { type AccountViewerFragment, RemovePasskeyDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { FormError, TextField } from "../platform/components/Field.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { useToast } from "../platform/components/Toast.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { formatDate } from "../platform/time/format.ts";
import { useVisitorZone } from "../platform/time/zones.ts";
import { addPasskey, passkeysWork } from "./passkeys.ts";
import { useText } from "./text.ts";

interface PasskeysCardProps {
  passkeys: AccountViewerFragment["passkeys"];
  onChange: () => void;
}

export function PasskeysCard({ passkeys, onChange }: PasskeysCardProps) {
  const { t } = useText();
  const toast = useToast();
  const zone = useVisitorZone();
  const [error, setError] = useState<string>();
  const [pending, setPending] = useState(false);

  async function add(form: FormEvent<HTMLFormElement>) {
    form.preventDefault();
    const name = String(new FormData(form.currentTarget).get("device")).trim() || t("account.passkeyDefault");
    setPending(true);
    setError(undefined);
    try {
      if (await addPasskey(name)) onChange();
      else setError(t("account.notAdded"));
    } catch (failure) {
      setError(refusalOf(failure).message);
    }
    setPending(false);
  }

  async function remove(id: string, name: string) {
    setError(undefined);
    try {
      await send(RemovePasskeyDocument, { id });
      toast({ text: t("account.removed", { name }) });
      onChange();
    } catch (failure) {
      setError(refusalOf(failure).message);
    }
  }

  return (
    <section className="card" aria-labelledby="passkeys">
      <div>
        <h2 className="h3" id="passkeys">
          {t("account.passkeys")}
        </h2>
        <p className="small muted">{t("account.passkeysText")}</p>
      </div>
      {passkeys.length > 0 ? (
        <ul className="rows">
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <Icon name="lock" />
              <span>
                <b className="strong">{passkey.name}</b>
                <br />
                <span className="small muted">{t("account.added", { date: formatDate(passkey.createdAt, zone) })}</span>
              </span>
              <Button
                variant="line"
                size="sm"
                aria-label={t("account.removeNamed", { name: passkey.name })}
                onClick={() => void remove(passkey.id, passkey.name)}
              >
                {t("account.remove")}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">{t("account.noPasskeys")}</p>
      )}
      {passkeysWork() && (
        <form className="stack" onSubmit={(form) => void add(form)}>
          <TextField label={t("account.passkeyName")} name="device" defaultValue={t("account.passkeyDefault")} />
          <Button variant="line" type="submit" pending={pending}>
            <Icon name="plus" size="sm" />
            {t("account.addPasskey")}
          </Button>
        </form>
      )}
      {error && <FormError>{error}</FormError>}
    </section>
  );
}
