import { type FormEvent, useState } from "react";
import { RequestSignInDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { TextField } from "../platform/components/Field.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { useText } from "./text.ts";

interface SignInFormProps {
  /** Where the link leads. */
  returnTo: string;
  label: string;
  onSent: (email: string) => void;
}

/** Asks for an address and has a magic link sent there. The answer is the same for every address. */
export function SignInForm({ returnTo, label, onSent }: SignInFormProps) {
  const { t } = useText();
  const [error, setError] = useState<string>();
  const [pending, setPending] = useState(false);

  async function submit(form: FormEvent<HTMLFormElement>) {
    form.preventDefault();
    const email = String(new FormData(form.currentTarget).get("email")).trim();
    if (!/.@./.test(email)) return setError(t("signIn.emailMissing"));
    setPending(true);
    setError(undefined);
    try {
      await send(RequestSignInDocument, { email, returnTo });
      onSent(email);
    } catch (failure) {
      setError(refusalOf(failure).message);
      setPending(false);
    }
  }

  return (
    <form className="stack" noValidate onSubmit={(form) => void submit(form)}>
      <TextField
        label={t("signIn.email")}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="email webauthn"
        required
        error={error}
      />
      <Button variant="primary" size="lg" block type="submit" pending={pending}>
        {label}
      </Button>
    </form>
  );
}
